#include "catalog/store/watch_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_watching(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE watched (
    account     TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    video       TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    bits        BLOB    NOT NULL,   -- a bit a second of the recording (catalog/watched.h)
    spare_ms    INTEGER NOT NULL CHECK (spare_ms >= 0),
    during_live INTEGER NOT NULL CHECK (during_live IN (0, 1)),
    first_ms    INTEGER NOT NULL,
    last_ms     INTEGER NOT NULL,
    CHECK (first_ms <= last_ms),
    CHECK (length(bits) <= 10800),
    PRIMARY KEY (account, video)
) STRICT;
CREATE INDEX watched_by_video ON watched (video);

CREATE TABLE headcount (
    account TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    video   TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    people  INTEGER NOT NULL CHECK (people BETWEEN 1 AND 500),
    PRIMARY KEY (account, video)
) STRICT, WITHOUT ROWID;
CREATE INDEX headcount_by_video ON headcount (video);

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
