#include "catalog/store/place_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_watch_places(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE watch_place (
    account TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    video   TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    at_ms   INTEGER NOT NULL CHECK (at_ms > 0),
    PRIMARY KEY (account, video)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_place_by_video ON watch_place (video);
)sql");
}

} // namespace catalog::store
