#include "catalog/store/watch_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_watching(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE watcher (
    account      TEXT NOT NULL PRIMARY KEY,  -- no foreign key: who watched stays known when the account goes
    municipality TEXT NOT NULL REFERENCES municipality (code),
    department   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX watcher_by_municipality ON watcher (municipality);

CREATE TABLE watched (
    watcher   TEXT    NOT NULL REFERENCES watcher (account) ON DELETE CASCADE,
    video     TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    live_bits BLOB    NOT NULL,   -- a bit a second of the recording (catalog/watched.h), played while it was streamed
    bits      BLOB    NOT NULL,   -- the same of what was played afterwards
    spare_ms  INTEGER NOT NULL CHECK (spare_ms >= 0),
    first_ms  INTEGER NOT NULL,
    last_ms   INTEGER NOT NULL,
    CHECK (first_ms <= last_ms),
    CHECK (length(live_bits) <= 10800 AND length(bits) <= 10800),
    PRIMARY KEY (watcher, video)
) STRICT;
CREATE INDEX watched_by_video ON watched (video);

CREATE TABLE headcount (
    watcher TEXT    NOT NULL REFERENCES watcher (account) ON DELETE CASCADE,
    video   TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    people  INTEGER NOT NULL CHECK (people BETWEEN 1 AND 500),
    PRIMARY KEY (watcher, video)
) STRICT, WITHOUT ROWID;
CREATE INDEX headcount_by_video ON headcount (video);

CREATE TABLE opened_material (
    watcher  TEXT    NOT NULL REFERENCES watcher (account) ON DELETE CASCADE,
    material TEXT    NOT NULL REFERENCES material (id) ON DELETE CASCADE,
    first_ms INTEGER NOT NULL,
    PRIMARY KEY (watcher, material)
) STRICT, WITHOUT ROWID;
CREATE INDEX opened_material_by_material ON opened_material (material);

CREATE TABLE attendance (
    session      TEXT    NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    way          TEXT    NOT NULL CHECK (way IN ('venue', 'zoom')),
    municipality TEXT    NOT NULL REFERENCES municipality (code),
    department   TEXT    NOT NULL,  -- '': only the municipality is known
    count        INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (session, way, municipality, department)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_by_municipality ON attendance (municipality);
)sql");
}

} // namespace catalog::store
