#include "server/http/json_body.h"

#include "server/http/head.h"

namespace server::http {

using Json = nlohmann::json;
// A JSON value converts to anything, so which of the two it is must be said.
using boost::system::in_place_value;

bool has_json(const Request& request) {
    const std::string_view type = request.field("Content-Type").value_or("");
    return equal_ignoring_case(type.substr(0, type.find(';')), "application/json");
}

catalog::Result<Json> json_body(const Request& request) { return json_object(request.body()); }

catalog::Result<Json> json_object(std::string_view text) {
    if (text.empty()) {
        return catalog::Result<Json>(in_place_value, Json::object());
    }
    constexpr int deepest = 32;
    bool is_too_deep = false;
    const auto watch_depth = [&is_too_deep](int depth, Json::parse_event_t,
                                            Json&) {
        is_too_deep = is_too_deep || depth > deepest;
        return !is_too_deep;
    };
    auto value = Json::parse(text, watch_depth, false);
    if (value.is_discarded() || is_too_deep || !value.is_object()) {
        return catalog::refuse(catalog::Refusal::invalid, "送られた内容を読み取れませんでした。");
    }
    return catalog::Result<Json>(in_place_value, std::move(value));
}

} // namespace server::http
