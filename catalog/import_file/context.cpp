#include "catalog/import_file/context.h"

#include "catalog/import_file/times.h"
#include "catalog/named_values.h"

namespace catalog::import_file {

namespace {

constexpr std::array<NamedValue<Audience>, 8> audience_words{{
    {Audience::everybody, "everybody"},
    {Audience::everybody, "everyone"},
    {Audience::everybody, "public"},
    {Audience::everybody, "all"},
    {Audience::staff, "staff"},
    {Audience::staff, "all62"},
    {Audience::registered, "registered"},
    {Audience::registered, "departments"},
}};

} // namespace

std::string read_own_id(const Field& field, std::set<std::string>& seen) {
    std::string id = field.needed_id();
    if (!id.empty() && !seen.insert(id).second) {
        field.mistake("\"" + id + "\" stands here a second time");
    }
    return id;
}

std::optional<Audience> read_audience(const Field& field) {
    const auto word = field.text();
    if (!word) {
        return std::nullopt;
    }
    const auto audience = value_named(audience_words, *word);
    if (!audience) {
        field.mistake("\"" + *word + "\" is no audience: everybody, all62 or registered");
    }
    return audience;
}

std::optional<Audience> read_audience(const Field& field, const SessionId& session,
                                      const Context& context) {
    const auto own = read_audience(field);
    const auto of_session = context.audiences.find(session.text());
    return own || of_session == context.audiences.end() ? own : of_session->second;
}

std::optional<int> read_number(const Field& field) {
    constexpr int highest = 10'000;
    const auto number = field.whole_number(1, highest);
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

SeriesId read_series_reference(const Field& field, const Context& context) {
    if (!field.present()) {
        return {};
    }
    std::string id = field.needed_id();
    const bool listed = context.file["series"].present();
    if (listed && !id.empty() && !context.series.contains(id)) {
        field.mistake("there is no series \"" + id + "\"");
    }
    return SeriesId(std::move(id));
}

std::vector<Series> read_series(Context& context) {
    constexpr int most_sessions = 1000;
    std::vector<Series> all;
    std::set<std::string> seen;
    for (const Field& field : context.file["series"].elements()) {
        if (!field.expect_object()) {
            continue;
        }
        Series series;
        series.id = SeriesId(read_own_id(field["id"], seen));
        series.title = field["title"].needed_text();
        series.audience = read_audience(field["audience"]).value_or(Audience::staff);
        series.window = read_window(field["window"], context.zone).value_or(AvailabilityWindow{});
        if (const auto count = field["plannedCount"].whole_number(0, most_sessions)) {
            series.planned_count = static_cast<int>(*count);
        }
        series.sort = static_cast<int>(all.size());
        context.series.emplace(series.id.text(), series.audience);
        all.push_back(std::move(series));
    }
    return all;
}

} // namespace catalog::import_file
