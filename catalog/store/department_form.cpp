#include "catalog/store/department_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_department_access(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE department_access (
    municipality    TEXT    NOT NULL REFERENCES municipality (code),
    department      TEXT    NOT NULL,
    account         TEXT    NOT NULL UNIQUE REFERENCES account (id),  -- its password is the code
    invitation_hash TEXT    NOT NULL UNIQUE,
    made_ms         INTEGER NOT NULL,
    PRIMARY KEY (municipality, department)
) STRICT, WITHOUT ROWID;
)sql");
}

} // namespace catalog::store
