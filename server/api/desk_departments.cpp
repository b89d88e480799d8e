#include "server/access/department_code.h"
#include "server/access/random.h"
#include "server/access/sign_ins.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

namespace server::api {
namespace {

using catalog::Department;
using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 16 * 1024;

/// `{"municipality", "department"}`
Result<Department> department_in(const json& body) {
    const auto has = [&body](const char* name) {
        return body.contains(name) && body[name].is_string();
    };
    if (!has("municipality") || !has("department"))
        return refuse(Refusal::invalid, "市区町村と部署名を入力してください。");
    return {boost::system::in_place_value,
            Department{body["municipality"].get<std::string>(), body["department"].get<std::string>()}};
}

/// The ids in "series"; nothing where there is no such list.
std::optional<std::vector<catalog::SeriesId>> series_in(const json& body) {
    const auto found = body.find("series");
    if (found == body.end() || !found->is_array())
        return std::nullopt;
    std::vector<catalog::SeriesId> series;
    for (const auto& each : *found)
        if (each.is_string())
            series.emplace_back(each.get<std::string>());
    return series;
}

/// The titles of what a department is registered for, as the audit log tells them.
json registered_json(Catalog& catalog, const Department& department) {
    auto titles = json::array();
    for (const auto& id : catalog.municipalities.registered_series(department))
        if (const auto series = catalog.series.find(id))
            titles.push_back(series->title);
    return {{"registered", std::move(titles)}};
}

json department_json(Catalog& catalog, const catalog::store::DepartmentAccess& access) {
    const auto municipality = catalog.municipalities.find(access.department.municipality);
    auto series = json::array();
    for (const auto& id : catalog.municipalities.registered_series(access.department))
        series.push_back(id.text());
    return {{"municipality", {{"code", access.department.municipality},
                              {"name", municipality ? municipality->name : std::string()}}},
            {"department", access.department.name},
            {"series", std::move(series)},
            {"made_at", instant(access.made)},
            {"people", access.people}};
}

json all(Catalog& catalog) {
    auto departments = json::array();
    for (const auto& access : catalog.departments.all())
        departments.push_back(department_json(catalog, access));
    auto municipalities = json::array();
    for (const auto& each : catalog.municipalities.all())
        municipalities.push_back({{"code", each.code}, {"name", each.name}});
    auto series = json::array();
    for (const auto& each : catalog.series.all())
        series.push_back({{"id", each.id.text()},
                          {"title", each.title},
                          {"audience", to_text(each.audience)}});
    return {{"departments", std::move(departments)},
            {"municipalities", std::move(municipalities)},
            {"series", std::move(series)}};
}

/// Departments that sign in with a code or a link, and what they are registered for.
class DepartmentApi {
  public:
    explicit DepartmentApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        const auto listed = co_await services_.readers.run(all);
        co_return http::json(Status::ok, listed);
    }

    /// Adds one, or makes its code and link new. Both are told this once.
    Task<Reply> put(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto department = department_in(*body);
        if (!department)
            co_return http::refusal(department.error());
        const auto code = access::random_department_code();
        const auto invitation = access::random_token();
        access::Secret secret(code);
        const auto code_hash = co_await services_.sign_ins.hash(std::move(secret));
        auto change = [this, department = *department, series = series_in(*body), code_hash,
                       invitation_hash = access::token_hash(invitation),
                       account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            return catalog.transaction([&]() -> Result<void> {
                const auto now = services_.clock.now();
                const auto put = catalog.departments.put(department, {code_hash, invitation_hash}, now);
                if (!put)
                    return put.error();
                if (series)
                    if (const auto set = catalog.departments.register_for(department, *series); !set)
                        return set.error();
                note(catalog, account, "department.code", department, {});
                return {};
            });
        };
        const auto changed = co_await services_.writer.run(std::move(change));
        if (!changed)
            co_return http::refusal(changed.error());
        const json answer{{"code", code}, {"path", "/join/" + invitation}};
        co_return http::json(Status::created, answer);
    }

    Task<Reply> set_series(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto department = department_in(*body);
        const auto series = series_in(*body);
        if (!department || !series)
            co_return http::refusal(refuse(Refusal::invalid, "参加する会議を選んでください。"));
        auto change = [this, department = *department, series = *series,
                       account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            if (!catalog.departments.find(department))
                return refuse(Refusal::not_found, "この部署は登録されていません。");
            return catalog.transaction([&]() -> Result<void> {
                const auto before = registered_json(catalog, department);
                const auto registered = catalog.departments.register_for(department, series);
                if (registered)
                    note(catalog, account, "department.series", department, before);
                return registered;
            });
        };
        const auto changed = co_await services_.writer.run(std::move(change));
        co_return changed ? http::empty(Status::no_content) : http::refusal(changed.error());
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        const Department department{request.query("municipality").value_or(""),
                                    request.query("department").value_or("")};
        auto change = [this, department, account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&] {
                const auto before = registered_json(catalog, department);
                const auto removed = catalog.departments.remove(department);
                if (removed)
                    note(catalog, account, "department.remove", department, before);
                return removed;
            });
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

  private:
    /// The audit log tells what it was registered for, before and after.
    void note(Catalog& catalog, const catalog::AccountId& account, const char* action,
              const Department& department, const json& before) const {
        catalog.audit.append({services_.clock.now(), account, action,
                              department.municipality + " " + department.name,
                              before.is_null() ? std::string() : before.dump(),
                              registered_json(catalog, department).dump()});
    }

    Services& services_;
};

} // namespace

void add_desk_departments(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DepartmentApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    router.add({get, "/api/desk/departments", secretariat, handler(api, &DepartmentApi::list)});
    router.add({post, "/api/desk/departments", secretariat, handler(api, &DepartmentApi::put), body});
    router.add({post, "/api/desk/departments/series", secretariat,
                handler(api, &DepartmentApi::set_series), body});
    router.add({http::Method::remove, "/api/desk/departments", secretariat, handler(api, &DepartmentApi::remove)});
}

} // namespace server::api
