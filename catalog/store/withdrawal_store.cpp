#include "catalog/store/withdrawal_store.h"

#include "catalog/clip.h"
#include "catalog/store/caption_store.h"
#include "catalog/store/connection.h"
#include "catalog/store/recording_store.h"
#include "catalog/store/video_store.h"

#include <algorithm>
#include <stdexcept>

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

const std::string columns = "SELECT id, recording, begin_ms, end_ms, lost, reason, account, at_ms, state "
                            "FROM withdrawn_span ";

WithdrawnSpan read_withdrawn(Query& row) {
    WithdrawnSpan withdrawn;
    withdrawn.id = row.take<WithdrawnSpanId>();
    withdrawn.recording = row.take<RecordingId>();
    withdrawn.span.begin = row.take<milliseconds>();
    withdrawn.span.end = row.take<milliseconds>();
    withdrawn.lost = row.take<WithdrawnSpan::Lost>();
    withdrawn.reason = row.take<std::string>();
    withdrawn.by = row.take<AccountId>();
    withdrawn.at = row.take<time::UtcTime>();
    withdrawn.state = row.take<WithdrawnSpan::State>();
    return withdrawn;
}

std::int64_t count(Query row) {
    return read_one(std::move(row), [](Query& each) { return each.take<std::int64_t>(); }).value_or(0);
}

/// Of a cue in the time of a clip.
bool says_some_of(const Cue& cue, const Clip& clip, const Span& span) {
    return std::ranges::any_of(clip.recorded(Span{cue.start, cue.end}), [&span](const Span& part) {
        return meets(part.begin, part.end, span);
    });
}

bool begins_in(const Chapter& chapter, const Clip& clip, const Span& span) {
    const auto at = clip.recorded(chapter.at);
    return at >= span.begin && at < span.end;
}

/// The cues of a video that say something of a span.
std::int64_t take_cues(Connection& connection, const Video& video, const Span& span) {
    const Clip clip(video);
    CaptionStore captions(connection);
    std::int64_t taken = 0;
    for (const CaptionTrack& each : captions.tracks_of(video.id)) {
        auto track = captions.find(video.id, each.language);
        const auto gone = track ? std::erase_if(track->cues, [&](const Cue& cue) {
            return says_some_of(cue, clip, span);
        }) : 0;
        if (gone > 0) {
            captions.replace_cues(*track);
            taken += static_cast<std::int64_t>(gone);
        }
    }
    return taken + connection.run("DELETE FROM hidden_cue WHERE video = ? AND start_ms < ? AND end_ms > ?",
                                  video.id, span.end, span.begin);
}

std::int64_t take_chapters(Connection& connection, Video video, const Span& span) {
    const Clip clip(video);
    const auto gone = std::erase_if(video.chapters, [&](const Chapter& chapter) {
        return begins_in(chapter, clip, span);
    });
    if (gone > 0) {
        VideoStore(connection).put(video);
    }
    return static_cast<std::int64_t>(gone) +
           connection.run("DELETE FROM hidden_chapter WHERE video = ? AND at_ms >= ? AND at_ms < ?", video.id,
                          span.begin, span.end);
}

} // namespace

std::vector<WithdrawnSpan> WithdrawalStore::all() {
    return read_all(connection_.query(columns + "ORDER BY rowid"), read_withdrawn);
}

std::vector<WithdrawnSpan> WithdrawalStore::of_recording(const RecordingId& recording) {
    return read_all(connection_.query(columns + "WHERE recording = ? ORDER BY rowid", recording), read_withdrawn);
}

WithdrawalStore::Texts WithdrawalStore::texts_in(const RecordingId& recording, const Span& span) {
    Texts texts;
    CaptionStore captions(connection_);
    for (const Video& video : VideoStore(connection_).of_recording(recording)) {
        const Clip clip(video);
        for (const CaptionTrack& each : captions.tracks_of(video.id)) {
            const auto track = captions.find(video.id, each.language);
            texts.cues += track ? std::ranges::count_if(track->cues, [&](const Cue& cue) {
                return says_some_of(cue, clip, span);
            }) : 0;
        }
        texts.chapters += std::ranges::count_if(video.chapters, [&](const Chapter& chapter) {
            return begins_in(chapter, clip, span);
        });
        texts.cues += count(connection_.query("SELECT count(*) FROM hidden_cue WHERE video = ? AND start_ms < ? "
                                              "AND end_ms > ?",
                                              video.id, span.end, span.begin));
        texts.chapters += count(connection_.query("SELECT count(*) FROM hidden_chapter WHERE video = ? AND "
                                                  "at_ms >= ? AND at_ms < ?",
                                                  video.id, span.begin, span.end));
    }
    return texts;
}

WithdrawalStore::Texts WithdrawalStore::add(const WithdrawnSpan& withdrawn) {
    return in_transaction(connection_, [&] {
        connection_.run("INSERT INTO withdrawn_span (id, recording, begin_ms, end_ms, lost, reason, account, "
                        "at_ms, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        withdrawn.id, withdrawn.recording, withdrawn.span.begin, withdrawn.span.end,
                        withdrawn.lost, withdrawn.reason, withdrawn.by, withdrawn.at, withdrawn.state);
        RecordingStore(connection_).forget_source(withdrawn.recording);
        Texts taken;
        for (const Video& video : VideoStore(connection_).of_recording(withdrawn.recording)) {
            taken.cues += take_cues(connection_, video, withdrawn.span);
            taken.chapters += take_chapters(connection_, video, withdrawn.span);
        }
        return taken;
    });
}

void WithdrawalStore::set_removed(const std::vector<WithdrawnSpanId>& withdrawn) {
    in_transaction(connection_, [&] {
        for (const WithdrawnSpanId& id : withdrawn) {
            connection_.run("UPDATE withdrawn_span SET state = 'removed' WHERE id = ?", id);
        }
        // What was deleted from an index stays in its older parts until they are merged.
        connection_.run("INSERT INTO speech_index (speech_index) VALUES ('optimize')");
        connection_.run("INSERT INTO text_index (text_index) VALUES ('optimize')");
    });
}

std::vector<Cue> WithdrawalStore::without_withdrawn(const VideoId& video, std::vector<Cue> cues) {
    const auto spans = read_all(
        connection_.query("SELECT begin_ms, end_ms FROM withdrawn_span JOIN video USING (recording) "
                          "WHERE video.id = ?",
                          video),
        [](Query& row) {
            const auto begin = row.take<milliseconds>();
            return Span{begin, row.take<milliseconds>()};
        });
    const auto shows = spans.empty() ? std::nullopt : VideoStore(connection_).find(video);
    if (!shows) {
        return cues;
    }
    const Clip clip(*shows);
    std::erase_if(cues, [&](const Cue& cue) {
        return std::ranges::any_of(spans, [&](const Span& span) { return says_some_of(cue, clip, span); });
    });
    return cues;
}

} // namespace catalog::store
