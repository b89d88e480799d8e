#include "catalog/store/recording_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

const std::string columns =
    "SELECT id, file_name, source, source_bytes, state, duration_ms, lost_ms, failure_kind, "
    "failure, received_ms FROM recording ";

Recording read_recording(Query& row) {
    return {
        .id = row.take<RecordingId>(),
        .file_name = row.take<std::string>(),
        .source = row.take<std::string>(),
        .source_bytes = row.take<std::uint64_t>(),
        .state = row.take<Recording::State>(),
        .duration = row.take<std::optional<milliseconds>>(),
        .lost = row.take<milliseconds>(),
        .failure_kind = row.take<std::string>(),
        .failure = row.take<std::string>(),
        .received = row.take<time::UtcTime>(),
    };
}

} // namespace

std::vector<Recording> RecordingStore::all() {
    return read_all(connection_.query(columns + "ORDER BY received_ms DESC, rowid DESC"),
                    read_recording);
}

std::optional<Recording> RecordingStore::find(const RecordingId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_recording);
}

void RecordingStore::add(const Recording& recording) {
    connection_.run("INSERT INTO recording (id, file_name, source, source_bytes, state, "
                    "duration_ms, lost_ms, failure_kind, failure, received_ms) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    recording.id, recording.file_name, recording.source, recording.source_bytes,
                    recording.state, recording.duration, recording.lost, recording.failure_kind,
                    recording.failure, recording.received);
}

void RecordingStore::begin(const RecordingId& id) {
    connection_.run("UPDATE recording SET state = 'working', failure_kind = '', failure = '' "
                    "WHERE id = ? AND state IN ('queued', 'failed')",
                    id);
}

void RecordingStore::finish(const RecordingId& id, milliseconds duration, milliseconds lost) {
    connection_.run("UPDATE recording SET state = 'ready', duration_ms = ?, lost_ms = ?, "
                    "failure_kind = '', failure = '' WHERE id = ?",
                    duration, lost, id);
}

void RecordingStore::fail(const RecordingId& id, const std::string& kind,
                          const std::string& sentence) {
    connection_.run("UPDATE recording SET state = 'failed', failure_kind = ?, failure = ? "
                    "WHERE id = ?",
                    kind, sentence, id);
}

void RecordingStore::forget_source(const RecordingId& id) {
    connection_.run("UPDATE recording SET source = '', source_bytes = 0 WHERE id = ?", id);
}

void RecordingStore::requeue(const RecordingId& id) {
    connection_.run("UPDATE recording SET state = 'queued', failure_kind = '', failure = '' "
                    "WHERE id = ?",
                    id);
}

Result<void> RecordingStore::remove(const RecordingId& id) {
    if (read_one(connection_.query("SELECT id FROM video WHERE recording = ? LIMIT 1", id),
                 [](Query& row) { return row.take<VideoId>(); })) {
        return refuse(Refusal::conflict, "この録画は動画で使われています。");
    }
    if (connection_.run("DELETE FROM recording WHERE id = ?", id) == 0) {
        return refuse(Refusal::not_found, "録画が見つかりません。");
    }
    return {};
}

} // namespace catalog::store
