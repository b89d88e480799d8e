#include "catalog/store/search_form.h"

#include "catalog/store/connection.h"

#include <string>
#include <vector>

namespace catalog::store {

namespace {

/// A text a thing.
constexpr const char* text_tables = R"sql(
CREATE TABLE found_text (
    id      INTEGER NOT NULL PRIMARY KEY,
    kind    TEXT    NOT NULL CHECK (kind IN ('video', 'description', 'chapter', 'session', 'item', 'notice', 'material')),
    subject TEXT    NOT NULL,   -- the video's, session's, notice's or material's id
    place   INTEGER NOT NULL,   -- a chapter's or an item's position, else 0
    heading TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    UNIQUE (kind, subject, place)
) STRICT;

CREATE VIRTUAL TABLE text_index USING fts5
    (heading, body, content = 'found_text', content_rowid = 'id', tokenize = 'kiroku');
CREATE TRIGGER found_text_is_indexed AFTER INSERT ON found_text BEGIN
    INSERT INTO text_index (rowid, heading, body) VALUES (new.id, new.heading, new.body);
END;
CREATE TRIGGER found_text_is_not_indexed AFTER DELETE ON found_text BEGIN
    INSERT INTO text_index (text_index, rowid, heading, body)
        VALUES ('delete', old.id, old.heading, old.body);
END;
)sql";

/// Cues by a number that holds their track's and their position, so that what a video's viewers may
/// not find is left out by the number alone. A track keeps its number for ever.
constexpr const char* speech_tables = R"sql(
CREATE TABLE speech_track (
    number   INTEGER NOT NULL PRIMARY KEY,
    video    TEXT    NOT NULL,
    language TEXT    NOT NULL,
    UNIQUE (video, language)
) STRICT;
CREATE VIRTUAL TABLE speech_index USING fts5 (text, content = '', tokenize = 'kiroku');

CREATE TRIGGER caption_track_is_numbered AFTER INSERT ON caption_track BEGIN
    INSERT INTO speech_track (video, language) SELECT new.video, new.language WHERE NOT EXISTS
        (SELECT 1 FROM speech_track WHERE video = new.video AND language = new.language);
END;
CREATE TRIGGER cue_is_indexed AFTER INSERT ON cue BEGIN
    INSERT INTO speech_index (rowid, text)
        SELECT (number << 20) + new.position, new.text FROM speech_track
        WHERE video = new.video AND language = new.language;
END;
CREATE TRIGGER cue_is_not_indexed AFTER DELETE ON cue BEGIN
    INSERT INTO speech_index (speech_index, rowid, text)
        SELECT 'delete', (number << 20) + old.position, old.text FROM speech_track
        WHERE video = old.video AND language = old.language;
END;
CREATE TRIGGER cue_is_indexed_anew AFTER UPDATE ON cue BEGIN
    INSERT INTO speech_index (speech_index, rowid, text)
        SELECT 'delete', (number << 20) + old.position, old.text FROM speech_track
        WHERE video = old.video AND language = old.language;
    INSERT INTO speech_index (rowid, text)
        SELECT (number << 20) + new.position, new.text FROM speech_track
        WHERE video = new.video AND language = new.language;
END;

INSERT INTO speech_track (video, language) SELECT video, language FROM caption_track;
INSERT INTO speech_index (rowid, text)
    SELECT (number << 20) + position, text FROM cue JOIN speech_track USING (video, language);
)sql";

/// Which columns of a table are what is searched for.
struct Source {
    std::string table;
    std::string kind;
    std::string subject;
    std::string place;                ///< a column, or "0"
    std::string heading;              ///< a column, or "''"
    std::vector<std::string> bodies;  ///< columns
    std::string list = {};            ///< a column that holds a JSON array of words
};

const std::vector<Source>& sources() {
    static const std::vector<Source> all{
        {"video", "video", "id", "0", "title", {"speaker", "field"}},
        {"video", "description", "id", "0", "''", {"description"}},
        {"chapter", "chapter", "video", "position", "title", {}},
        {"session", "session", "id", "0", "title", {"description", "venue"}},
        {"programme_item", "item", "session", "position", "title",
         {"kind_label", "speaker", "note"}, "sub_items"},
        {"notice", "notice", "id", "0", "title", {"body"}},
        {"material", "material", "id", "0", "title", {}},
    };
    return all;
}

std::string column_of(const std::string& row, const std::string& name) {
    const bool is_literal = name == "0" || name == "''";
    return is_literal ? name : row + "." + name;
}

/// What `found_text` holds of a row: its values, in the columns' order.
std::string values_of(const Source& source, const std::string& row) {
    std::string body = "''";
    for (const auto& column : source.bodies) {
        body += " || " + column_of(row, column) + " || char(10)";
    }
    if (!source.list.empty()) {
        body += " || coalesce((SELECT group_concat(value, char(10)) FROM json_each(" +
                column_of(row, source.list) + ")), '')";
    }
    return "'" + source.kind + "', " + column_of(row, source.subject) + ", " +
           column_of(row, source.place) + ", " + column_of(row, source.heading) + ", " + body;
}

/// Those whose change changes what is searched for.
std::string columns_of(const Source& source) {
    std::string columns = source.subject;
    for (const auto& column : {source.place, source.heading, source.list}) {
        if (!column.empty() && column != "0" && column != "''") {
            columns += ", " + column;
        }
    }
    for (const auto& column : source.bodies) {
        columns += ", " + column;
    }
    return columns;
}

std::string keep_up(const Source& source) {
    const std::string name = source.kind + "_text";
    const std::string add = "INSERT INTO found_text (kind, subject, place, heading, body) ";
    const std::string remove = "DELETE FROM found_text WHERE kind = '" + source.kind +
                               "' AND subject = " + column_of("old", source.subject) +
                               " AND place = " + column_of("old", source.place) + "; ";
    const std::string add_new = add + "VALUES (" + values_of(source, "new") + "); ";
    const std::string on = " ON " + source.table + " BEGIN ";
    return "CREATE TRIGGER " + name + "_is_added AFTER INSERT" + on + add_new + "END;\n" +
           "CREATE TRIGGER " + name + "_is_removed AFTER DELETE" + on + remove + "END;\n" +
           "CREATE TRIGGER " + name + "_is_changed AFTER UPDATE OF " + columns_of(source) + on + remove +
           add_new + "END;\n" +
           add + "SELECT " + values_of(source, source.table) + " FROM " + source.table + ";\n";
}

} // namespace

void add_search(Connection& connection) {
    connection.run_script(text_tables);
    for (const auto& source : sources()) {
        connection.run_script(keep_up(source));
    }
    connection.run_script(speech_tables);
}

} // namespace catalog::store
