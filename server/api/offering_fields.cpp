#include "server/api/offering_fields.h"

#include <string>

namespace server::api {
namespace {

using catalog::AvailabilityWindow;
using catalog::Refusal;
using catalog::Result;
using catalog::time::UtcTime;
using nlohmann::json;

catalog::Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

/// An instant, or the start of the day `later` than the one named; nothing where it is open.
Result<std::optional<UtcTime>> end_in(const json& window, const char* name, std::chrono::days later,
                                      const catalog::time::Zone& zone) {
    const auto found = window.find(name);
    if (found == window.end() || found->is_null())
        return std::optional<UtcTime>();
    const auto text = found->is_string() ? found->get<std::string>() : std::string();
    if (const auto at = catalog::time::parse_rfc3339(text))
        return std::optional(*at);
    if (const auto day = catalog::time::parse_date(text))
        return std::optional(zone.start_of_day(std::chrono::sys_days(*day) + later));
    return wrong("公開期間の日付か時刻が正しくありません。");
}

} // namespace

Result<std::optional<AvailabilityWindow>> window_in(const json& value, const catalog::time::Zone& zone) {
    if (value.is_null())
        return std::optional<AvailabilityWindow>();
    if (!value.is_object())
        return wrong("公開期間を入力してください。");
    const auto opens = end_in(value, "opens_at", std::chrono::days(0), zone);
    if (!opens)
        return opens.error();
    const auto closes = end_in(value, "closes_at", std::chrono::days(1), zone);
    if (!closes)
        return closes.error();
    const auto window = catalog::make_window(*opens, *closes);
    if (!window)
        return wrong("公開の終わりは、始まりより後にしてください。");
    return std::optional(*window);
}

Result<std::optional<catalog::Audience>> audience_in(const json& value) {
    if (value.is_null())
        return std::optional<catalog::Audience>();
    const auto audience =
        value.is_string() ? catalog::audience_from_text(value.get<std::string>()) : std::nullopt;
    if (!audience)
        return wrong("公開の対象を選んでください。");
    return std::optional(*audience);
}

} // namespace server::api
