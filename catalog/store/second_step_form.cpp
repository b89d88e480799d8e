#include "catalog/store/second_step_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_second_steps(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE second_step (
    account      TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    secret       TEXT    NOT NULL,  -- base32, as the app has it
    confirmed_ms INTEGER,           -- NULL: begun, and no code has come yet
    last_step    INTEGER NOT NULL   -- the newest whose code was used: it and older ones are void
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_code (
    account   TEXT NOT NULL REFERENCES second_step (account) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account, code_hash)
) STRICT, WITHOUT ROWID;
)sql");
}

} // namespace catalog::store
