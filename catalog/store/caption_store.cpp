#include "catalog/store/caption_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/withdrawal_store.h"

namespace catalog::store {

namespace {

CaptionTrack read_track(Query& row) {
    return {
        .video = row.take<VideoId>(),
        .language = row.take<std::string>(),
        .label = row.take<std::string>(),
        .cues = {},
    };
}

CaptionStore::Summary read_summary(Query& row) {
    return {
        .language = row.take<std::string>(),
        .label = row.take<std::string>(),
        .cues = row.take<std::int64_t>(),
        .is_found = row.take<bool>(),
    };
}

Cue read_cue(Query& row) {
    return {
        .start = row.take<std::chrono::milliseconds>(),
        .end = row.take<std::chrono::milliseconds>(),
        .text = row.take<std::string>(),
    };
}

} // namespace

std::vector<CaptionTrack> CaptionStore::tracks_of(const VideoId& video) {
    return read_all(connection_.query("SELECT video, language, label FROM caption_track "
                                      "WHERE video = ? ORDER BY language",
                                      video),
                    read_track);
}

std::vector<CaptionStore::Summary> CaptionStore::summaries_of(const VideoId& video) {
    return read_all(connection_.query("SELECT language, label, (SELECT count(*) FROM cue WHERE "
                                      "cue.video = caption_track.video AND cue.language = "
                                      "caption_track.language), EXISTS (SELECT 1 FROM "
                                      "found_caption_track AS found WHERE "
                                      "found.video = caption_track.video AND found.language = "
                                      "caption_track.language) FROM caption_track "
                                      "WHERE video = ? ORDER BY language",
                                      video),
                    read_summary);
}

std::optional<CaptionTrack> CaptionStore::find(const VideoId& video, const std::string& language) {
    auto track = read_one(connection_.query("SELECT video, language, label FROM caption_track "
                                            "WHERE video = ? AND language = ?",
                                            video, language),
                          read_track);
    if (track) {
        track->cues = read_all(connection_.query("SELECT start_ms, end_ms, text FROM cue "
                                                 "WHERE video = ? AND language = ? "
                                                 "ORDER BY position",
                                                 video, language),
                               read_cue);
    }
    return track;
}

void CaptionStore::put(const CaptionTrack& track) {
    in_transaction(connection_, [&] {
        connection_.run("DELETE FROM caption_track WHERE video = ? AND language = ?", track.video,
                        track.language);
        connection_.run("INSERT INTO caption_track (video, language, label) VALUES (?, ?, ?)",
                        track.video, track.language, track.label);
        int position = 0;
        for (const Cue& cue : WithdrawalStore(connection_).without_withdrawn(track.video, track.cues)) {
            connection_.run("INSERT INTO cue (video, language, position, start_ms, end_ms, text) "
                            "VALUES (?, ?, ?, ?, ?, ?)",
                            track.video, track.language, position++, cue.start, cue.end, cue.text);
        }
    });
}

void CaptionStore::replace_cues(const CaptionTrack& track) {
    in_transaction(connection_, [&] {
        const auto is_found = read_one(connection_.query("SELECT 1 FROM found_caption_track WHERE video = ? AND "
                                                         "language = ?",
                                                         track.video, track.language),
                                       [](Query& row) { return row.take<bool>(); });
        put(track);
        if (is_found) {
            connection_.run("INSERT INTO found_caption_track (video, language) VALUES (?, ?)",
                            track.video, track.language);
        }
    });
}

CaptionStore::Added CaptionStore::put_found(const CaptionTrack& track) {
    return in_transaction(connection_, [&] {
        for (const CaptionTrack& known : tracks_of(track.video)) {
            if (known.language == track.language) {
                return Added::no;
            }
        }
        put(track);
        connection_.run("INSERT INTO found_caption_track (video, language) VALUES (?, ?)",
                        track.video, track.language);
        return Added::yes;
    });
}

void CaptionStore::remove_found(const VideoId& video) {
    connection_.run("DELETE FROM hidden_cue WHERE video = ? AND language IN "
                    "(SELECT language FROM found_caption_track WHERE video = ?)",
                    video, video);
    connection_.run("DELETE FROM caption_track WHERE video = ? AND language IN "
                    "(SELECT language FROM found_caption_track WHERE video = ?)",
                    video, video);
}

Result<void> CaptionStore::remove(const VideoId& video, const std::string& language) {
    if (connection_.run("DELETE FROM caption_track WHERE video = ? AND language = ?", video,
                        language) == 0) {
        return refuse(Refusal::not_found, "この言語の字幕はありません。");
    }
    connection_.run("DELETE FROM hidden_cue WHERE video = ? AND language = ?", video, language);
    return {};
}

} // namespace catalog::store
