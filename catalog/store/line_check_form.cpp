#include "catalog/store/line_check_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_line_checks(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE line_check (
    number       INTEGER NOT NULL PRIMARY KEY,
    code         TEXT    NOT NULL UNIQUE,
    at_ms        INTEGER NOT NULL,
    municipality TEXT    NOT NULL,   -- '': nobody said
    department   TEXT    NOT NULL,   -- '': nobody was signed in
    mode         TEXT    NOT NULL CHECK (mode IN ('auto', 'light', 'slides', 'sound', 'none')),
    facts        TEXT    NOT NULL    -- a JSON object
) STRICT;
)sql");
}

} // namespace catalog::store
