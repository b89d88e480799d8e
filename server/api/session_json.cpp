#include "server/api/session_json.h"

#include "catalog/desk_table/cells.h"
#include "catalog/desk_table/session_words.h"
#include "catalog/random_id.h"
#include "catalog/session_date.h"
#include "catalog/time/digits.h"
#include "server/api/json_values.h"
#include "server/api/seen_version.h"

namespace server::api {
namespace {

using catalog::ProgrammeItem;
using catalog::Refusal;
using catalog::Result;
using catalog::SaidDate;
using catalog::Session;
using catalog::SessionId;
using nlohmann::json;

constexpr std::size_t longest_line = 600;
constexpr std::size_t longest_text = 60'000;
constexpr std::size_t most_items = 100;

catalog::Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

json day_json(const std::optional<catalog::time::Date>& day) {
    return day ? json(catalog::time::format_date(*day)) : json();
}

json time_json(const std::optional<std::chrono::minutes>& time) {
    using catalog::time::padded;
    return time ? json(padded(time->count() / 60, 2) + ":" + padded(time->count() % 60, 2)) : json();
}

json when_json(const SaidDate& when) {
    return {{"first_day", day_json(when.first_day)}, {"last_day", day_json(when.last_day)},
            {"reception", time_json(when.reception)}, {"start", time_json(when.start)},
            {"end", time_json(when.end)},             {"label", when.label}};
}

json item_json(const ProgrammeItem& item) {
    return {{"id", item.id.text()},     {"kind", item.kind},       {"kind_label", item.kind_label},
            {"title", item.title},      {"speaker", item.speaker}, {"note", item.note},
            {"sub_items", item.sub_items}};
}

/// Short lines of text; nothing where it is no list of them.
std::optional<std::vector<std::string>> lines_in(const json& value) {
    if (!value.is_array() || value.size() > most_items)
        return std::nullopt;
    std::vector<std::string> lines;
    for (const auto& each : value) {
        if (!each.is_string() || each.get_ref<const std::string&>().size() > longest_line)
            return std::nullopt;
        lines.push_back(each);
    }
    return lines;
}

Result<ProgrammeItem> item_in(const json& told) {
    if (!told.is_object())
        return wrong("プログラムの項目を読み取れませんでした。");
    ProgrammeItem item;
    const auto id = text_in(told, "id");
    item.id = catalog::ProgrammeItemId(catalog::is_valid_id(id) ? id : catalog::random_id());
    for (const auto& [name, text] : {std::pair{"kind", &item.kind}, {"kind_label", &item.kind_label},
                                     {"title", &item.title}, {"speaker", &item.speaker}, {"note", &item.note}}) {
        *text = text_in(told, name);
        if (text->size() > longest_line)
            return wrong("プログラムの項目は200文字までにしてください。");
    }
    if (item.title.empty())
        return wrong("プログラムの項目に題名を入れてください。");
    const auto lines = lines_in(told.value("sub_items", json::array()));
    if (!lines)
        return wrong("プログラムの内訳を読み取れませんでした。");
    item.sub_items = *lines;
    return item;
}

/// One field after the other; the first refusal stays.
class Change {
  public:
    Change(Session session, catalog::store::Catalog& catalog, const catalog::time::Zone& zone)
        : session_(std::move(session)), catalog_(catalog), zone_(zone) {}

    Result<void> take(const std::string& field, const json& value) {
        if (field == "title")
            return take_title(value);
        if (field == "series")
            return take_series(value);
        if (field == "number")
            return take_number(value);
        if (field == "status")
            return take_status(value);
        if (field == "when")
            return take_when(value);
        if (field == "participation")
            return take_participation(value);
        if (field == "items")
            return take_items(value);
        if (field == "replaced_by")
            return take_replacements(value);
        for (const auto& [name, text] :
             {std::pair{"kind", &session_.kind}, {"description", &session_.description}, {"venue", &session_.venue},
              {"venue_address", &session_.venue_address}, {"cancel_reason", &session_.cancel_reason}})
            if (field == name)
                return take_text(*text, value);
        return wrong("「" + field + "」という項目はありません。");
    }

    Session session() && { return std::move(session_); }

  private:
    Result<void> take_title(const json& value) {
        if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
            value.get_ref<const std::string&>().size() > longest_line)
            return wrong("題名は1文字以上200文字以内で入力してください。");
        session_.title = value;
        return {};
    }

    static Result<void> take_text(std::string& text, const json& value) {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > longest_text)
            return wrong("文が長すぎるか、文字ではありません。");
        text = value;
        return {};
    }

    Result<void> take_series(const json& value) {
        const auto id = value.is_string() ? catalog::SeriesId(value.get<std::string>()) : catalog::SeriesId();
        if (!value.is_null() && (id.empty() || !catalog_.series.find(id)))
            return wrong("そのシリーズはありません。");
        session_.series = id;
        return {};
    }

    Result<void> take_number(const json& value) {
        constexpr int most = 999;
        const bool is_number = value.is_number_integer() && value.get<std::int64_t>() >= 1 && value.get<std::int64_t>() <= most;
        if (!value.is_null() && !is_number)
            return wrong("回は1から999までの数にしてください。");
        session_.number = is_number ? std::optional(value.get<int>()) : std::nullopt;
        return {};
    }

    Result<void> take_status(const json& value) {
        const auto status =
            value.is_string() ? catalog::session_status_from_text(value.get<std::string>()) : std::nullopt;
        if (!status)
            return wrong("状態を選んでください。");
        session_.status = *status;
        return {};
    }

    Result<void> take_when(const json& value) {
        if (!value.is_object())
            return wrong("日時を読み取れませんでした。");
        bool good = true;
        const auto day = [&](const char* name) {
            const auto text = text_in(value, name);
            const auto date = catalog::time::parse_date(text);
            good = good && (date || text.empty());
            return date;
        };
        const auto time = [&](const char* name) {
            const auto text = text_in(value, name);
            const auto at = catalog::desk_table::time_of_day_in(text);
            good = good && (at || text.empty());
            return at;
        };
        const SaidDate said{day("first_day"), day("last_day"), time("reception"),
                            time("start"),    time("end"),     text_in(value, "label")};
        if (!good || said.label.size() > longest_line)
            return wrong("日付か時刻が正しくありません。");
        if (said == said_date(session_.when, zone_))
            return {};
        auto when = session_date(said, zone_);
        if (!when)
            return when.error();
        session_.when = std::move(*when);
        return {};
    }

    Result<void> take_participation(const json& value) {
        const auto ways = lines_in(value);
        if (!ways)
            return wrong("参加方法を選んでください。");
        for (const auto& way : *ways)
            if (!catalog::desk_table::word_for(catalog::desk_table::ways_to_take_part, way))
                return wrong("参加方法を選んでください。");
        session_.participation = *ways;
        return {};
    }

    Result<void> take_items(const json& value) {
        if (!value.is_array() || value.size() > most_items)
            return wrong("プログラムは100項目までにしてください。");
        std::vector<ProgrammeItem> items;
        for (const auto& told : value) {
            auto item = item_in(told);
            if (!item)
                return item.error();
            items.push_back(std::move(*item));
        }
        session_.items = std::move(items);
        return {};
    }

    Result<void> take_replacements(const json& value) {
        const auto ids = lines_in(value);
        if (!ids)
            return wrong("振替先の会合を選んでください。");
        std::vector<SessionId> others;
        for (const auto& id : *ids) {
            if (id == session_.id.text() || !catalog_.sessions.find(SessionId(id)))
                return wrong("振替先の会合を選び直してください。");
            others.emplace_back(id);
        }
        session_.replaced_by = std::move(others);
        return {};
    }

    Session session_;
    catalog::store::Catalog& catalog_;
    const catalog::time::Zone& zone_;
};

/// 2021-10-29 13:30〜16:30
std::string when_text(const SaidDate& when) {
    const auto text = [](const json& value) { return value.is_null() ? std::string() : value.get<std::string>(); };
    std::string said = text(day_json(when.first_day));
    if (when.last_day)
        said += "〜" + text(day_json(when.last_day));
    if (when.start)
        said += " " + text(time_json(when.start)) + "〜" + text(time_json(when.end));
    if (!when.label.empty())
        said += (said.empty() ? "" : " ") + when.label;
    return said;
}

} // namespace

json session_fields(const Session& session, const catalog::time::Zone& zone) {
    auto items = json::array();
    for (const auto& item : session.items)
        items.push_back(item_json(item));
    auto others = json::array();
    for (const auto& id : session.replaced_by)
        others.push_back(id.text());
    return {{"series", id_or_null(session.series)},
            {"kind", session.kind},
            {"number", session.number ? json(*session.number) : json()},
            {"title", session.title},
            {"description", session.description},
            {"status", to_text(session.status)},
            {"when", when_json(said_date(session.when, zone))},
            {"venue", session.venue},
            {"venue_address", session.venue_address},
            {"participation", session.participation},
            {"items", std::move(items)},
            {"replaced_by", std::move(others)},
            {"cancel_reason", session.cancel_reason}};
}

std::string version_of(const Session& session, const catalog::time::Zone& zone) {
    return version_of_fields(session_fields(session, zone));
}

Result<Session> changed(Session session, const json& fields, catalog::store::Catalog& catalog,
                        const catalog::time::Zone& zone) {
    Change change(std::move(session), catalog, zone);
    for (const auto& [field, value] : fields.items())
        if (const auto taken = change.take(field, value); !taken)
            return taken.error();
    return std::move(change).session();
}

json noted(const Session& session, const catalog::time::Zone& zone) {
    auto told = session_fields(session, zone);
    told["when"] = when_text(said_date(session.when, zone));
    auto titles = json::array();
    for (const auto& item : session.items)
        titles.push_back(item.title);
    told["items"] = std::move(titles);
    return told;
}

} // namespace server::api
