#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"

namespace server::api {
namespace {

using http::Caller;
using http::Reply;
using http::Request;
using http::Task;
using nlohmann::json;

/// A session's date as the desk shows it beside its title.
std::string when_text(const catalog::SessionDate& when) {
    if (!when.label.empty())
        return when.label;
    return when.first_day ? catalog::time::format_date(*when.first_day) : std::string();
}

json choices(catalog::store::Catalog& catalog) {
    auto series = json::array();
    for (const auto& each : catalog.series.all())
        series.push_back({{"id", each.id.text()},
                          {"title", each.title},
                          {"audience", to_text(each.audience)},
                          {"window", window_json(each.window)}});
    auto sessions = json::array();
    for (const auto& each : catalog.sessions.all())
        sessions.push_back({{"id", each.id.text()},
                            {"title", each.title},
                            {"when", when_text(each.when)}});
    return {{"series", std::move(series)}, {"sessions", std::move(sessions)}};
}

} // namespace

void add_desk_choices(http::Router& router, Services& services) {
    const auto list = [&services](const Request&, const Caller&) -> Task<Reply> {
        const auto listed = co_await services.readers.run(choices);
        co_return http::json(http::Status::ok, listed);
    };
    router.add({http::Method::get, "/api/desk/choices", http::Access::secretariat, list});
}

} // namespace server::api
