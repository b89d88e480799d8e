#include "catalog/store/live_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

/// A recording may be live. SQLite has no other way to change a CHECK of a table that others refer
/// to (sqlite.org/lang_altertable.html, section 7: changes that leave what is on disk as it is).
constexpr const char* live_recordings = R"sql(
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
    SET sql = replace(sql, '''ready'', ''failed''', '''ready'', ''failed'', ''live''')
    WHERE type = 'table' AND name = 'recording';
PRAGMA writable_schema = RESET;
)sql";

constexpr const char* live_table = R"sql(
CREATE TABLE live_stream (
    video         TEXT    NOT NULL PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE,
    key_hash      TEXT    NOT NULL UNIQUE,
    key_made_ms   INTEGER NOT NULL,
    key_made_by   TEXT             REFERENCES account (id) ON DELETE SET NULL,   -- NULL: the command line, or an account that is gone
    state         TEXT    NOT NULL CHECK (state IN ('waiting', 'live', 'interrupted', 'ended')),
    on_break      INTEGER NOT NULL CHECK (on_break IN (0, 1)),
    recording     TEXT             REFERENCES recording (id) ON DELETE SET NULL, -- NULL: nothing was published, or it was removed
    begun_ms      INTEGER,          -- NULL: nothing was published; so the next
    heard_ms      INTEGER,
    ended_ms      INTEGER,          -- NULL: it has not ended
    trim_begin_ms INTEGER,          -- NULL: the archive shows all; so the next
    trim_end_ms   INTEGER,
    CHECK ((state = 'ended') = (ended_ms IS NOT NULL)),
    CHECK ((trim_begin_ms IS NULL) = (trim_end_ms IS NULL)),
    CHECK (trim_begin_ms < trim_end_ms)
) STRICT;
CREATE INDEX live_stream_by_recording ON live_stream (recording);
CREATE INDEX live_stream_by_key_made_by ON live_stream (key_made_by);
)sql";

} // namespace

void add_live_streams(Connection& connection) {
    connection.run_script(live_recordings);
    connection.run_script(live_table);
    // What is announced to be streamed is there to be waited for.
    connection.run("UPDATE video SET published = 1 WHERE kind = 'live' AND recording IS NULL");
}

} // namespace catalog::store
