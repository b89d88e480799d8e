#include "catalog/store/account_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_desk_accounts(Connection& connection) {
    // The rule of a column cannot be changed in place.
    connection.run_script(R"sql(
CREATE TABLE new_account (
    id              TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,
    role            TEXT    NOT NULL CHECK (role IN ('viewer', 'adviser', 'organiser', 'secretariat')),
    municipality    TEXT    REFERENCES municipality (code),  -- NULL: of no department; so the next
    department      TEXT,
    password_hash   TEXT    NOT NULL,  -- empty: nobody signs in with a password
    failures        INTEGER NOT NULL,
    locked_until_ms INTEGER,           -- NULL: not locked
    disabled_ms     INTEGER,           -- NULL: it signs in
    last_sign_in_ms INTEGER,           -- NULL: never yet
    CHECK ((municipality IS NULL) = (department IS NULL))
) STRICT;
INSERT INTO new_account (id, name, role, municipality, department, password_hash, failures, locked_until_ms)
    SELECT id, name, role, municipality, department, password_hash, failures, locked_until_ms FROM account;
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;

CREATE TABLE password_link (
    token_hash TEXT    NOT NULL PRIMARY KEY,
    account    TEXT    NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,  -- a newer link replaces it
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql");
}

} // namespace catalog::store
