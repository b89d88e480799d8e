#include "catalog/store/adviser_link_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_adviser_links(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE adviser_link (
    id          TEXT    NOT NULL PRIMARY KEY,
    adviser     TEXT    NOT NULL CHECK (adviser <> ''),
    token_hash  TEXT    NOT NULL UNIQUE,
    made_ms     INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    revoked_ms  INTEGER,            -- NULL: not revoked
    saves       INTEGER NOT NULL,   -- answers that were saved since
    saves_since_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE routed_question (
    link        TEXT    NOT NULL REFERENCES adviser_link (id) ON DELETE CASCADE,
    question    TEXT    NOT NULL REFERENCES question (id) ON DELETE CASCADE,
    answer      TEXT    NOT NULL,
    answered_ms INTEGER,            -- NULL: not answered yet
    PRIMARY KEY (link, question),
    CHECK ((answer = '') = (answered_ms IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX routed_question_by_question ON routed_question (question);
)sql");
}

} // namespace catalog::store
