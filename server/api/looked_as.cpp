#include "server/api/looked_as.h"

namespace server::api {
namespace {

using catalog::Account;
using catalog::Department;
using catalog::Refusal;
using catalog::Result;
using catalog::Viewer;
using catalog::store::Catalog;
using catalog::time::UtcTime;
using http::Request;

Result<Viewer> viewer_of(Catalog& catalog, const std::string& kind, const Department& department) {
    if (kind == "anonymous")
        return Viewer{};
    Account account;
    if (kind == "adviser") {
        account.role = catalog::Role::adviser;
        return catalog.sign_ins.viewer_of(account);
    }
    if (kind != "staff")
        return refuse(Refusal::invalid, "誰として見るかを選んでください。");
    if (!catalog.municipalities.find(department.municipality))
        return refuse(Refusal::invalid, "市区町村を選んでください。");
    account.department = department;
    return catalog.sign_ins.viewer_of(account);
}

Result<UtcTime> instant_asked(const Request& request, UtcTime now) {
    const auto asked = request.query("at");
    if (!asked)
        return now;
    const auto at = catalog::time::parse_rfc3339(*asked);
    return at ? Result<UtcTime>(*at) : refuse(Refusal::invalid, "日付と時刻が正しくありません。");
}

} // namespace

Result<LookedAs> looked_as(Catalog& catalog, const Request& request, UtcTime now) {
    const auto at = instant_asked(request, now);
    if (!at)
        return at.error();
    auto kind = request.query("viewer").value_or("anonymous");
    auto viewer = viewer_of(catalog, kind, {request.query("municipality").value_or(""), request.query("department").value_or("")});
    if (!viewer)
        return viewer.error();
    return LookedAs{std::move(kind), std::move(*viewer), *at};
}

} // namespace server::api
