#include "catalog/store/live_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

const std::string columns =
    "SELECT video, key_hash, key_made_ms, key_made_by, state, on_break, recording, begun_ms, "
    "heard_ms, ended_ms, trim_begin_ms, trim_end_ms FROM live_stream ";

std::optional<Span> take_trim(Query& row) {
    const auto begin = row.take<std::optional<milliseconds>>();
    const auto end = row.take<std::optional<milliseconds>>();
    return begin && end ? std::optional(Span{*begin, *end}) : std::nullopt;
}

LiveStream read_stream(Query& row) {
    return {
        .video = row.take<VideoId>(),
        .key_hash = row.take<std::string>(),
        .key_made = row.take<UtcTime>(),
        .key_made_by = row.take<AccountId>(),
        .state = row.take<LiveStream::State>(),
        .pause = row.take<bool>() ? LiveStream::Break::on : LiveStream::Break::off,
        .recording = row.take<std::optional<RecordingId>>(),
        .begun = row.take<std::optional<UtcTime>>(),
        .heard = row.take<std::optional<UtcTime>>(),
        .ended = row.take<std::optional<UtcTime>>(),
        .trim = take_trim(row),
    };
}

} // namespace

std::vector<LiveStream> LiveStore::all() {
    return read_all(connection_.query(columns + "ORDER BY video"), read_stream);
}

std::optional<LiveStream> LiveStore::find(const VideoId& video) {
    return read_one(connection_.query(columns + "WHERE video = ?", video), read_stream);
}

std::optional<LiveStream> LiveStore::find_by_key(const std::string& key_hash) {
    return read_one(connection_.query(columns + "WHERE key_hash = ?", key_hash), read_stream);
}

void LiveStore::set_key(const VideoId& video, const std::string& key_hash,
                        const AccountId& made_by, UtcTime now) {
    connection_.run("INSERT INTO live_stream (video, key_hash, key_made_ms, key_made_by, state, "
                    "on_break) VALUES (?, ?, ?, ?, 'waiting', 0) "
                    "ON CONFLICT (video) DO UPDATE SET (key_hash, key_made_ms, key_made_by) = "
                    "(excluded.key_hash, excluded.key_made_ms, excluded.key_made_by)",
                    video, key_hash, now, made_by);
}

void LiveStore::begin(const VideoId& video, const RecordingId& recording, UtcTime now) {
    connection_.run("UPDATE live_stream SET state = 'live', recording = ?, "
                    "begun_ms = coalesce(begun_ms, ?), heard_ms = ? WHERE video = ?",
                    recording, now, now, video);
}

void LiveStore::interrupt(const VideoId& video, UtcTime now) {
    connection_.run("UPDATE live_stream SET state = 'interrupted', heard_ms = ? "
                    "WHERE video = ? AND state = 'live'",
                    now, video);
}

void LiveStore::end(const VideoId& video, UtcTime now) {
    connection_.run("UPDATE live_stream SET state = 'ended', ended_ms = ? "
                    "WHERE video = ? AND state <> 'ended'",
                    now, video);
}

void LiveStore::set_break(const VideoId& video, LiveStream::Break pause) {
    connection_.run("UPDATE live_stream SET on_break = ? WHERE video = ?",
                    pause == LiveStream::Break::on, video);
}

void LiveStore::set_trim(const VideoId& video, const Span& trim) {
    connection_.run("UPDATE live_stream SET trim_begin_ms = ?, trim_end_ms = ? WHERE video = ?",
                    trim.begin, trim.end, video);
}

} // namespace catalog::store
