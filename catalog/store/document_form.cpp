#include "catalog/store/document_form.h"

#include "catalog/store/connection.h"

#include <string>

namespace catalog::store {

namespace {

constexpr const char* tables = R"sql(
CREATE TABLE document (
    number         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    material       TEXT    NOT NULL UNIQUE REFERENCES material (id) ON DELETE CASCADE,
    file           TEXT    NOT NULL CHECK (file <> ''),
    state          TEXT    NOT NULL CHECK (state IN ('waiting', 'leased', 'ready', 'none')),
    why_not        TEXT    NOT NULL CHECK ((why_not <> '') = (state = 'none')),
    attempts       INTEGER NOT NULL,
    lease_owner    TEXT,               -- NULL but where leased, and so the next
    lease_until_ms INTEGER,
    not_before_ms  INTEGER,            -- NULL: at once
    CHECK ((lease_owner IS NOT NULL) = (state = 'leased')),
    CHECK ((lease_until_ms IS NOT NULL) = (state = 'leased'))
) STRICT;

CREATE TABLE document_page (
    document INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    width    INTEGER NOT NULL CHECK (width > 0),
    height   INTEGER NOT NULL CHECK (height > 0),
    text     TEXT    NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
)sql";

/// Pages by a number that holds their document's and their position, as cues are. A number is never used
/// again, so the index needs no row of the document where its pages go.
constexpr const char* index = R"sql(
CREATE VIRTUAL TABLE page_index USING fts5 (text, content = '', tokenize = 'kiroku');
CREATE TRIGGER page_is_indexed AFTER INSERT ON document_page BEGIN
    INSERT INTO page_index (rowid, text) VALUES ((new.document << 20) + new.position, new.text);
END;
CREATE TRIGGER page_is_not_indexed AFTER DELETE ON document_page BEGIN
    INSERT INTO page_index (page_index, rowid, text)
        VALUES ('delete', (old.document << 20) + old.position, old.text);
END;
)sql";

constexpr const char* upkeep = R"sql(
CREATE TRIGGER material_with_file_is_a_document AFTER INSERT ON material WHEN new.file <> '' BEGIN
    INSERT INTO document (material, file, state, why_not, attempts, lease_owner, lease_until_ms, not_before_ms)
        VALUES (new.id, new.file, 'waiting', '', 0, NULL, NULL, NULL);
END;
CREATE TRIGGER other_file_is_another_document AFTER UPDATE OF file ON material WHEN new.file <> old.file BEGIN
    DELETE FROM document WHERE material = new.id;
    INSERT INTO document (material, file, state, why_not, attempts, lease_owner, lease_until_ms, not_before_ms)
        SELECT new.id, new.file, 'waiting', '', 0, NULL, NULL, NULL WHERE new.file <> '';
END;
INSERT INTO document (material, file, state, why_not, attempts, lease_owner, lease_until_ms, not_before_ms)
    SELECT id, file, 'waiting', '', 0, NULL, NULL, NULL FROM material WHERE file <> '';
)sql";

} // namespace

void add_documents(Connection& connection) {
    for (const char* script : {tables, index, upkeep}) {
        connection.run_script(script);
    }
}

void add_items_to_chapters(Connection& connection) {
    for (const char* table : {"chapter", "hidden_chapter"}) {
        connection.run_script("ALTER TABLE " + std::string(table) + " ADD COLUMN item TEXT"); // NULL: none
    }
}

} // namespace catalog::store
