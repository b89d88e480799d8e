#include "catalog/store/search_index.h"

#include "catalog/named_values.h"
#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

using Kind = FoundText::Kind;

constexpr std::array<NamedValue<Kind>, 7> kinds{{
    {Kind::video, "video"},
    {Kind::description, "description"},
    {Kind::chapter, "chapter"},
    {Kind::session, "session"},
    {Kind::item, "item"},
    {Kind::notice, "notice"},
    {Kind::material, "material"},
}};

/// Cues of a track, and pages of a document, count from its number times this.
constexpr int position_bits = 20;

/// All words, each as a phrase of its pairs whose last one may go on.
std::string expression(const search::SearchQuery& query) {
    std::string text;
    for (const auto& word : query.words()) {
        text += text.empty() ? "\"" : " AND \"";
        for (const char letter : word) {
            text += letter;
            if (letter == '"') {
                text += letter;
            }
        }
        text += "\" *";
    }
    return text;
}

FoundText read_text(Query& row) {
    const auto kind = row.take<std::string>();
    const auto known = value_named<Kind>(kinds, kind);
    if (!known) {
        throw_unreadable(kind);
    }
    return {
        .kind = *known,
        .subject = row.take<std::string>(),
        .place = row.take<int>(),
        .heading = row.take<std::string>(),
        .body = row.take<std::string>(),
    };
}

} // namespace

void SearchIndex::texts(const search::SearchQuery& query,
                        const std::function<bool(const FoundText&)>& take) {
    if (query.empty()) {
        return;
    }
    // What stands in a heading weighs eight times what stands below it.
    Query rows = connection_.query(
        "SELECT kind, subject, place, found_text.heading, found_text.body "
        "FROM text_index JOIN found_text ON found_text.id = text_index.rowid "
        "WHERE text_index MATCH ? AND rank MATCH 'bm25(8.0, 1.0)' ORDER BY rank",
        expression(query));
    while (rows.next() && take(read_text(rows))) {
    }
}

void SearchIndex::cues(const search::SearchQuery& query, const std::function<bool(FoundCue)>& take) {
    if (query.empty()) {
        return;
    }
    Query rows = connection_.query(
        "SELECT rowid FROM speech_index WHERE speech_index MATCH ? ORDER BY rowid DESC",
        expression(query));
    while (rows.next()) {
        const auto number = rows.take<std::int64_t>();
        const auto position = static_cast<int>(number & ((1 << position_bits) - 1));
        if (!take({number >> position_bits, position})) {
            return;
        }
    }
}

void SearchIndex::pages(const search::SearchQuery& query, const std::function<bool(FoundPage)>& take) {
    if (query.empty()) {
        return;
    }
    Query rows = connection_.query(
        "SELECT rowid FROM page_index WHERE page_index MATCH ? ORDER BY rowid DESC", expression(query));
    while (rows.next()) {
        const auto number = rows.take<std::int64_t>();
        const auto position = static_cast<int>(number & ((1 << position_bits) - 1));
        if (!take({number >> position_bits, position})) {
            return;
        }
    }
}

std::optional<MaterialId> SearchIndex::material(std::int64_t document) {
    return read_one(connection_.query("SELECT material FROM document WHERE number = ?", document),
                    [](Query& row) { return row.take<MaterialId>(); });
}

std::optional<SearchIndex::Track> SearchIndex::track(std::int64_t number) {
    return read_one(
        connection_.query("SELECT video, language FROM speech_track WHERE number = ?", number),
        [](Query& row) { return Track{row.take<VideoId>(), row.take<std::string>()}; });
}

std::optional<Cue> SearchIndex::cue(const Track& track, int position) {
    return read_one(connection_.query("SELECT start_ms, end_ms, text FROM cue "
                                      "WHERE video = ? AND language = ? AND position = ?",
                                      track.video, track.language, position),
                    [](Query& row) {
                        return Cue{
                            .start = row.take<std::chrono::milliseconds>(),
                            .end = row.take<std::chrono::milliseconds>(),
                            .text = row.take<std::string>(),
                        };
                    });
}

} // namespace catalog::store
