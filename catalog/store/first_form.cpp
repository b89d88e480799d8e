#include "catalog/store/first_form.h"

#include "catalog/municipality.h"
#include "catalog/store/connection.h"
#include "catalog/store/seeded_municipalities.h"

#include <nlohmann/json.hpp>

namespace catalog::store {

namespace {

/// Columns that may be NULL say when.
constexpr const char* programme_tables = R"sql(
CREATE TABLE series (
    id            TEXT    NOT NULL PRIMARY KEY,
    title         TEXT    NOT NULL,
    audience      TEXT    NOT NULL CHECK (audience IN ('everybody', 'staff', 'registered')),
    opens_ms      INTEGER,          -- NULL: open from the beginning
    closes_ms     INTEGER,          -- NULL: never closes
    planned_count INTEGER,          -- NULL: not planned
    sort          INTEGER NOT NULL,
    CHECK (opens_ms < closes_ms)
) STRICT;

CREATE TABLE session (
    id            TEXT    NOT NULL PRIMARY KEY,
    series        TEXT             REFERENCES series (id),  -- NULL: of none
    kind          TEXT    NOT NULL,
    number        INTEGER,          -- NULL: not counted
    title         TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    status        TEXT    NOT NULL CHECK (status IN ('tentative', 'scheduled', 'held', 'cancelled')),
    precision     TEXT    NOT NULL CHECK (precision IN ('minute', 'day', 'range', 'unknown')),
    first_day     TEXT,             -- NULL: as little is known of when it is; so the next four
    last_day      TEXT,
    reception_ms  INTEGER,
    start_ms      INTEGER,
    end_ms        INTEGER,
    when_label    TEXT    NOT NULL,
    venue         TEXT    NOT NULL,
    venue_address TEXT    NOT NULL,
    participation TEXT    NOT NULL, -- a JSON array of words
    cancel_reason TEXT    NOT NULL
) STRICT;
CREATE INDEX session_by_series ON session (series);

CREATE TABLE programme_item (
    session    TEXT    NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    id         TEXT    NOT NULL,    -- a shared block stands in several sessions
    kind       TEXT    NOT NULL,
    kind_label TEXT    NOT NULL,
    title      TEXT    NOT NULL,
    speaker    TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    sub_items  TEXT    NOT NULL,    -- a JSON array of titles
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_replacement (
    session     TEXT    NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    replacement TEXT    NOT NULL REFERENCES session (id) ON DELETE CASCADE
                        DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (session, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    id    TEXT NOT NULL PRIMARY KEY,
    date  TEXT NOT NULL,
    title TEXT NOT NULL,
    body  TEXT NOT NULL,
    links TEXT NOT NULL             -- a JSON array of ids
) STRICT;
CREATE INDEX notice_by_date ON notice (date);
)sql";

constexpr const char* video_tables = R"sql(
CREATE TABLE recording (
    id           TEXT    NOT NULL PRIMARY KEY,
    file_name    TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    source_bytes INTEGER NOT NULL CHECK (source_bytes >= 0),
    state        TEXT    NOT NULL CHECK (state IN ('queued', 'working', 'ready', 'failed')),
    duration_ms  INTEGER,           -- NULL: not known yet
    lost_ms      INTEGER NOT NULL,
    failure_kind TEXT    NOT NULL,
    failure      TEXT    NOT NULL,
    received_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE video (
    id                 TEXT    NOT NULL PRIMARY KEY,
    kind               TEXT    NOT NULL CHECK (kind IN ('lecture', 'record', 'live')),
    series             TEXT             REFERENCES series (id),     -- NULL: of none
    session            TEXT             REFERENCES session (id),    -- NULL: of none
    number             INTEGER,     -- NULL: not counted
    title              TEXT    NOT NULL,
    speaker            TEXT    NOT NULL,
    field              TEXT    NOT NULL,
    description        TEXT    NOT NULL,
    published          INTEGER NOT NULL CHECK (published IN (0, 1)),
    audience           TEXT    CHECK (audience IN ('everybody', 'staff', 'registered')),  -- NULL: the series'
    has_window         INTEGER NOT NULL CHECK (has_window IN (0, 1)),   -- 0: the series'
    opens_ms           INTEGER,     -- NULL: open from the beginning, or no window of its own
    closes_ms          INTEGER,     -- NULL: never closes, or no window of its own
    recording          TEXT             REFERENCES recording (id),  -- NULL: none uploaded yet
    span_begin_ms      INTEGER,     -- NULL: the whole recording
    span_end_ms        INTEGER,     -- NULL: the whole recording
    planned_duration_s INTEGER,     -- NULL: not planned
    CHECK (opens_ms < closes_ms),
    CHECK (has_window = 1 OR (opens_ms IS NULL AND closes_ms IS NULL)),
    CHECK ((span_begin_ms IS NULL) = (span_end_ms IS NULL)),
    CHECK (span_begin_ms < span_end_ms)
) STRICT;
CREATE INDEX video_by_series ON video (series);
CREATE INDEX video_by_session ON video (session);
CREATE INDEX video_by_recording ON video (recording);

CREATE TABLE live_plan (
    video          TEXT    NOT NULL PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE,
    lobby_opens_ms INTEGER,         -- NULL: no time is set yet; so the next two
    start_ms       INTEGER,
    end_ms         INTEGER,
    label          TEXT    NOT NULL,
    archive_after  INTEGER NOT NULL CHECK (archive_after IN (0, 1))
) STRICT;

CREATE TABLE chapter (
    video    TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    PRIMARY KEY (video, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE caption_track (
    video    TEXT NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    label    TEXT NOT NULL,
    PRIMARY KEY (video, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE cue (
    video    TEXT    NOT NULL,
    language TEXT    NOT NULL,
    position INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms   INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (video, language, position),
    FOREIGN KEY (video, language) REFERENCES caption_track (video, language) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE material (
    id           TEXT    NOT NULL PRIMARY KEY,
    session      TEXT    REFERENCES session (id) ON DELETE CASCADE,  -- NULL: of a video, or of none
    video        TEXT    REFERENCES video (id) ON DELETE CASCADE,    -- NULL: of a session, or of none
    item         TEXT,              -- NULL: of the whole
    title        TEXT    NOT NULL,
    format       TEXT    NOT NULL,
    published_on TEXT,              -- NULL: not said
    published    INTEGER NOT NULL CHECK (published IN (0, 1)),
    audience     TEXT    CHECK (audience IN ('everybody', 'staff', 'registered')),  -- NULL: the series'
    has_window   INTEGER NOT NULL CHECK (has_window IN (0, 1)),  -- 0: the series'
    opens_ms     INTEGER,           -- NULL: open from the beginning, or no window of its own
    closes_ms    INTEGER,           -- NULL: never closes, or no window of its own
    file         TEXT    NOT NULL,  -- '': none uploaded yet
    file_name    TEXT    NOT NULL,
    bytes        INTEGER NOT NULL CHECK (bytes >= 0),
    CHECK (opens_ms < closes_ms),
    CHECK (has_window = 1 OR (opens_ms IS NULL AND closes_ms IS NULL)),
    CHECK (session IS NULL OR video IS NULL)
) STRICT;
CREATE INDEX material_by_session ON material (session);
CREATE INDEX material_by_video ON material (video);
)sql";

constexpr const char* people_tables = R"sql(
CREATE TABLE municipality (
    code   TEXT    NOT NULL PRIMARY KEY,
    name   TEXT    NOT NULL,
    kana   TEXT    NOT NULL,
    romaji TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    area   TEXT    NOT NULL,
    sort   INTEGER NOT NULL
) STRICT;

CREATE TABLE registration (
    municipality TEXT NOT NULL REFERENCES municipality (code),
    department   TEXT NOT NULL,
    series       TEXT NOT NULL REFERENCES series (id),
    PRIMARY KEY (municipality, department, series)
) STRICT, WITHOUT ROWID;
CREATE INDEX registration_by_series ON registration (series);

CREATE TABLE account (
    id              TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,
    role            TEXT    NOT NULL CHECK (role IN ('viewer', 'secretariat')),
    municipality    TEXT    REFERENCES municipality (code),  -- NULL: of no department; so the next
    department      TEXT,
    password_hash   TEXT    NOT NULL,
    failures        INTEGER NOT NULL,
    locked_until_ms INTEGER,        -- NULL: not locked
    CHECK ((municipality IS NULL) = (department IS NULL))
) STRICT;

CREATE TABLE sign_in (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    account    TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_by_account ON sign_in (account);
CREATE INDEX sign_in_by_expiry ON sign_in (expires_ms);

CREATE TABLE audit (
    number  INTEGER NOT NULL PRIMARY KEY,
    at_ms   INTEGER NOT NULL,
    account TEXT,                   -- NULL: the command line; stays when the account goes
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    before  TEXT    NOT NULL,
    after   TEXT    NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit (subject);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
)sql";

constexpr const char* work_tables = R"sql(
CREATE TABLE upload (
    id         TEXT    NOT NULL PRIMARY KEY,
    length     INTEGER NOT NULL CHECK (length >= 0),
    file_name  TEXT    NOT NULL,
    file_type  TEXT    NOT NULL,
    video      TEXT    REFERENCES video (id) ON DELETE SET NULL,     -- NULL: not for a video
    material   TEXT    REFERENCES material (id) ON DELETE SET NULL,  -- NULL: not for a material
    owner      TEXT    REFERENCES account (id) ON DELETE SET NULL,   -- NULL: its account is gone
    metadata   TEXT    NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    finished   INTEGER NOT NULL CHECK (finished IN (0, 1)),
    CHECK (video IS NULL OR material IS NULL)
) STRICT;
CREATE INDEX upload_by_video ON upload (video);
CREATE INDEX upload_by_material ON upload (material);
CREATE INDEX upload_by_owner ON upload (owner);

CREATE TABLE transcode_job (
    id             TEXT    NOT NULL PRIMARY KEY,
    recording      TEXT    NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    state          TEXT    NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'failed')),
    attempts       INTEGER NOT NULL,
    lease_owner    TEXT,            -- NULL: not leased; so the next
    lease_until_ms INTEGER,
    not_before_ms  INTEGER,         -- NULL: no back-off
    created_ms     INTEGER NOT NULL,
    CHECK ((state = 'leased') = (lease_owner IS NOT NULL)),
    CHECK ((state = 'leased') = (lease_until_ms IS NOT NULL))
) STRICT;
CREATE INDEX transcode_job_by_recording ON transcode_job (recording);
CREATE UNIQUE INDEX one_unfinished_job_a_recording ON transcode_job (recording)
    WHERE state IN ('waiting', 'leased');
)sql";

void seed_municipalities(Connection& connection) {
    const auto seed = nlohmann::json::parse(seeded_municipalities());
    for (const auto& one : seed.at("municipalities")) {
        connection.run("INSERT INTO municipality (code, name, kana, romaji, kind, area, sort) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)",
                       one.at("code").get<std::string>(), one.at("name").get<std::string>(),
                       one.at("kana").get<std::string>(), one.at("romaji").get<std::string>(),
                       one.at("kind").get<std::string>(), one.at("area").get<std::string>(),
                       one.at("sort").get<int>());
    }
}

} // namespace

void make_first_form(Connection& connection) {
    connection.run_script(programme_tables);
    connection.run_script(video_tables);
    connection.run_script(people_tables);
    connection.run_script(work_tables);
    seed_municipalities(connection);
}

} // namespace catalog::store
