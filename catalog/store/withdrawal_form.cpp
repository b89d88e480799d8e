#include "catalog/store/withdrawal_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_withdrawals(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE withdrawn_span (
    id        TEXT    NOT NULL PRIMARY KEY,
    recording TEXT    NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    begin_ms  INTEGER NOT NULL CHECK (begin_ms >= 0),
    end_ms    INTEGER NOT NULL,
    lost      TEXT    NOT NULL CHECK (lost IN ('sound', 'picture_and_sound')),
    reason    TEXT    NOT NULL CHECK (reason <> ''),
    account   TEXT,             -- NULL: the command line
    at_ms     INTEGER NOT NULL,
    state     TEXT    NOT NULL CHECK (state IN ('withheld', 'removed')),
    CHECK (begin_ms < end_ms)
) STRICT;
CREATE INDEX withdrawn_span_by_recording ON withdrawn_span (recording);
)sql");
}

} // namespace catalog::store
