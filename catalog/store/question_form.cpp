#include "catalog/store/question_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_questions(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE answer_batch (
    number       INTEGER NOT NULL PRIMARY KEY,
    published_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE question (
    id           TEXT    NOT NULL PRIMARY KEY,
    video        TEXT    REFERENCES video (id) ON DELETE SET NULL,    -- NULL: at large
    at_ms        INTEGER,                                             -- NULL: of the whole
    account      TEXT    REFERENCES account (id) ON DELETE SET NULL,  -- NULL: the account is gone
    municipality TEXT    REFERENCES municipality (code),              -- NULL: of no department; so the next
    department   TEXT,
    asked_ms     INTEGER NOT NULL,
    text         TEXT    NOT NULL CHECK (text <> ''),
    answer       TEXT    NOT NULL,
    batch        INTEGER REFERENCES answer_batch (number),            -- NULL: not published
    CHECK (batch IS NULL OR answer <> ''),
    CHECK ((municipality IS NULL) = (department IS NULL))
) STRICT;
CREATE INDEX question_by_video ON question (video);
CREATE INDEX question_by_account ON question (account, asked_ms);
CREATE INDEX question_by_batch ON question (batch);
)sql");
}

} // namespace catalog::store
