#include "server/api/window_batch_json.h"

#include "catalog/time/digits.h"
#include "server/api/json_values.h"

#include <set>

namespace server::api {
namespace {

using catalog::AvailabilityWindow;
using catalog::Refusal;
using catalog::Result;
using catalog::WindowChange;
using catalog::WindowEnd;
using nlohmann::json;
using std::chrono::minutes;
using Kind = WindowedItem::Kind;

constexpr std::size_t most_items = 1000;
/// Ten years are far enough from any session.
constexpr int most_days = 3660;

catalog::Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

std::string_view word_of(Kind kind) {
    return kind == Kind::series ? "series" : kind == Kind::video ? "video" : "material";
}

Result<WindowedItem> item_in(const json& told) {
    if (told.is_object())
        for (const auto kind : {Kind::series, Kind::video, Kind::material})
            if (const auto id = text_in(told, "id"); text_in(told, "kind") == word_of(kind) && !id.empty())
                return {boost::system::in_place_value, WindowedItem{kind, id}};
    return wrong("選んだものを読み取れませんでした。");
}

/// "17:00", up to "24:00".
std::optional<minutes> time_of_day(std::string_view text) {
    using catalog::time::take_digits;
    const auto hour = take_digits(text, 2);
    const bool colon = hour && catalog::time::take(text, ':');
    const auto minute = colon ? take_digits(text, 2) : std::nullopt;
    if (!minute || !text.empty() || *minute > 59)
        return std::nullopt;
    const minutes time = std::chrono::hours(*hour) + minutes(*minute);
    return time <= std::chrono::days(1) ? std::optional(time) : std::nullopt;
}

catalog::Error wrong_end() { return wrong("期間の日付か時刻が正しくありません。"); }

/// E of server/README.md.
Result<WindowEnd> end_in(const json& ends, const char* name) {
    const auto found = ends.find(name);
    if (found == ends.end())
        return WindowEnd(catalog::KeptEnd{});
    if (found->is_null())
        return WindowEnd(catalog::NoEnd{});
    if (!found->is_object())
        return wrong_end();
    if (found->value("fiscal_year_end", json()) == true)
        return WindowEnd(catalog::EndOfFiscalYear{});
    const auto told_time = found->value("time", json());
    std::optional<minutes> time;
    if (!told_time.is_null()) {
        time = told_time.is_string() ? time_of_day(told_time.get<std::string>()) : std::nullopt;
        if (!time)
            return wrong_end();
    }
    const auto days = found->value("session_days", json());
    if (days.is_number_integer()) {
        const auto count = days.get<std::int64_t>();
        if (count < -most_days || count > most_days)
            return wrong("会合の日から数える日数は、10年までにしてください。");
        return WindowEnd(catalog::EndBySession{static_cast<int>(count), time});
    }
    const auto day = catalog::time::parse_date(text_in(*found, "day"));
    return day ? Result<WindowEnd>(catalog::EndOnDay{*day, time}) : Result<WindowEnd>(wrong_end());
}

/// An instant, or null: open.
Result<std::optional<catalog::time::UtcTime>> instant_in(const json& window, const char* name) {
    const auto told = window.value(name, json());
    if (told.is_null())
        return std::optional<catalog::time::UtcTime>();
    const auto at = told.is_string() ? catalog::time::parse_rfc3339(told.get<std::string>()) : std::nullopt;
    return at ? Result<std::optional<catalog::time::UtcTime>>(at) : wrong_end();
}

Result<WindowState> state_in(const json& told, Kind kind) {
    if (!told.is_object())
        return wrong_end();
    WindowState state;
    const auto window = told.value("window", json());
    if (!window.is_null()) {
        if (!window.is_object())
            return wrong_end();
        const auto opens = instant_in(window, "opens_at");
        const auto closes = instant_in(window, "closes_at");
        if (!opens || !closes)
            return wrong_end();
        const auto made = catalog::make_window(*opens, *closes);
        if (!made)
            return made.error();
        state.window = *made;
    }
    const auto published = told.value("published", json());
    if (published.is_boolean())
        state.published = published.get<bool>();
    const bool is_series = kind == Kind::series;
    if (state.published.has_value() == is_series || (is_series && !state.window))
        return wrong("公開するかどうかと期間を読み取れませんでした。");
    return state;
}

template <class Value, class Read> Result<std::vector<Value>> listed_in(const json& body, Read read) {
    const auto found = body.find("items");
    if (found == body.end() || !found->is_array() || found->empty())
        return wrong("動画か資料を選んでください。");
    if (found->size() > most_items)
        return wrong("一度に変えられるのは1000件までです。");
    std::vector<Value> values;
    std::set<WindowedItem> seen;
    for (const auto& told : *found) {
        const auto item = item_in(told);
        if (!item)
            return item.error();
        if (!seen.insert(*item).second)
            return wrong("同じものが2度選ばれています。");
        auto value = read(*item, told);
        if (!value)
            return value.error();
        values.push_back(std::move(*value));
    }
    return values;
}

std::string time_text(minutes time) {
    return catalog::time::padded(time.count() / 60, 2) + ':' + catalog::time::padded(time.count() % 60, 2);
}

json written_json(const std::optional<catalog::time::WrittenTime>& time) {
    if (!time)
        return nullptr;
    json told{{"day", catalog::time::format_date(time->day)}, {"time", nullptr}};
    if (time->time_of_day)
        told["time"] = time_text(*time->time_of_day);
    return told;
}

} // namespace

json item_json(const WindowedItem& item) { return {{"kind", word_of(item.kind)}, {"id", item.id}}; }

json state_json(const WindowState& state) {
    return {{"window", state.window ? window_json(*state.window) : json()},
            {"published", state.published ? json(*state.published) : json()}};
}

json span_json(const catalog::time::WrittenSpan& span) {
    return {{"opens", written_json(span.from)}, {"closes", written_json(span.until)}, {"day", written_json(span.day)}};
}

json end_json(const catalog::EndBySession& end) {
    return {{"session_days", end.days}, {"time", end.time_of_day ? json(time_text(*end.time_of_day)) : json()}};
}

Result<WindowChange> window_change_in(const json& change) {
    const auto found = change.find("window");
    if (found == change.end())
        return WindowChange{};
    if (found->is_null())
        return WindowChange{WindowChange::Of::own_window, {}, {}};
    if (!found->is_object())
        return wrong_end();
    auto opens = end_in(*found, "opens");
    if (!opens)
        return opens.error();
    auto closes = end_in(*found, "closes");
    if (!closes)
        return closes.error();
    const bool keeps_both = std::holds_alternative<catalog::KeptEnd>(*opens) &&
                            std::holds_alternative<catalog::KeptEnd>(*closes);
    return WindowChange{keeps_both ? WindowChange::Of::nothing : WindowChange::Of::ends, *opens, *closes};
}

Result<std::vector<WindowedItem>> items_in(const json& body) {
    return listed_in<WindowedItem>(body, [](const WindowedItem& item, const json&) -> Result<WindowedItem> { return item; });
}

Result<BatchChange> change_in(const json& body) {
    const auto told = body.find("change");
    if (told == body.end() || !told->is_object())
        return wrong("何を変えるかを選んでください。");
    auto window = window_change_in(*told);
    if (!window)
        return window.error();
    BatchChange change{*window, std::nullopt};
    const auto published = told->value("published", json());
    if (published.is_boolean())
        change.published = published.get<bool>();
    if (change.window.of == WindowChange::Of::nothing && !change.published)
        return wrong("何を変えるかを選んでください。");
    return change;
}

Result<std::vector<WantedState>> wanted_in(const json& body) {
    return listed_in<WantedState>(body, [](const WindowedItem& item, const json& told) -> Result<WantedState> {
        auto now = state_in(told.value("now", json()), item.kind);
        if (!now)
            return now.error();
        auto then = state_in(told.value("then", json()), item.kind);
        if (!then)
            return then.error();
        const auto how = window_change_in(told.contains("how") ? json{{"window", told["how"]}} : json::object());
        if (!how)
            return how.error();
        return WantedState{item, std::move(*now), std::move(*then), *how};
    });
}

} // namespace server::api
