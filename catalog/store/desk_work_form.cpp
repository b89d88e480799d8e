#include "catalog/store/desk_work_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_desk_work(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE material_version (
    material    TEXT    NOT NULL REFERENCES material (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,   -- counts up from 1; a version that was put back leaves its number unused
    file        TEXT    NOT NULL CHECK (file <> ''),
    file_name   TEXT    NOT NULL,
    bytes       INTEGER NOT NULL CHECK (bytes >= 0),
    replaced_ms INTEGER NOT NULL,
    PRIMARY KEY (material, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE unannounced (
    number INTEGER NOT NULL PRIMARY KEY REFERENCES audit (number)
) STRICT;
)sql");
}

} // namespace catalog::store
