#include "catalog/store/found_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_found_captions(Connection& connection) {
    // Goes with the track: who puts another in its place has put that in by hand.
    connection.run_script(R"sql(
CREATE TABLE found_caption_track (
    video    TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (video, language),
    FOREIGN KEY (video, language) REFERENCES caption_track (video, language) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
)sql");
}

void add_downloads(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE downloadable_video (
    video TEXT NOT NULL PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
)sql");
}

} // namespace catalog::store
