#include "catalog/store/caption_store.h"

#include "catalog/store/connection.h"

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
        for (const Cue& cue : track.cues) {
            connection_.run("INSERT INTO cue (video, language, position, start_ms, end_ms, text) "
                            "VALUES (?, ?, ?, ?, ?, ?)",
                            track.video, track.language, position++, cue.start, cue.end, cue.text);
        }
    });
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
