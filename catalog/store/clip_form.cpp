#include "catalog/store/clip_form.h"

#include "catalog/store/connection.h"

namespace catalog::store {

void add_clips(Connection& connection) {
    connection.run_script(R"sql(
CREATE TABLE video_cut (
    video    TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    begin_ms INTEGER NOT NULL CHECK (begin_ms >= 0),
    end_ms   INTEGER NOT NULL,
    PRIMARY KEY (video, begin_ms),
    CHECK (begin_ms < end_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE hidden_chapter (
    video TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    title TEXT    NOT NULL
) STRICT;
CREATE INDEX hidden_chapter_by_video ON hidden_chapter (video);

CREATE TABLE hidden_cue (
    video    TEXT    NOT NULL REFERENCES video (id) ON DELETE CASCADE,
    language TEXT    NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms   INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    CHECK (start_ms < end_ms)
) STRICT;
CREATE INDEX hidden_cue_by_track ON hidden_cue (video, language);
)sql");
}

} // namespace catalog::store
