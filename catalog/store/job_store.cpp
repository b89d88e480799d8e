#include "catalog/store/job_store.h"

#include "catalog/random_id.h"
#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT id, recording, state, attempts, lease_owner, lease_until_ms, not_before_ms, created_ms "
    "FROM transcode_job ";

TranscodeJob read_job(Query& row) {
    return {
        .id = row.take<JobId>(),
        .recording = row.take<RecordingId>(),
        .state = row.take<TranscodeJob::State>(),
        .attempts = row.take<int>(),
        .lease_owner = row.take<std::optional<std::string>>().value_or(""),
        .lease_until = row.take<std::optional<time::UtcTime>>(),
        .not_before = row.take<std::optional<time::UtcTime>>(),
        .created = row.take<time::UtcTime>(),
    };
}

} // namespace

std::vector<TranscodeJob> JobStore::all() {
    return read_all(connection_.query(columns + "ORDER BY created_ms, rowid"), read_job);
}

std::optional<TranscodeJob> JobStore::find(const JobId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_job);
}

TranscodeJob JobStore::add(const RecordingId& recording, time::UtcTime now) {
    return in_transaction(connection_, [&] {
        auto unfinished = read_one(
            connection_.query(columns + "WHERE recording = ? AND state IN ('waiting', 'leased')",
                              recording),
            read_job);
        if (unfinished) {
            return *unfinished;
        }
        TranscodeJob job;
        job.id = JobId(random_id());
        job.recording = recording;
        job.created = now;
        connection_.run("INSERT INTO transcode_job (id, recording, state, attempts, lease_owner, "
                        "lease_until_ms, not_before_ms, created_ms) "
                        "VALUES (?, ?, 'waiting', 0, NULL, NULL, NULL, ?)",
                        job.id, job.recording, job.created);
        return job;
    });
}

std::optional<TranscodeJob> JobStore::lease(const std::string& owner, time::UtcTime now,
                                            std::chrono::milliseconds length) {
    return in_transaction(connection_, [&]() -> std::optional<TranscodeJob> {
        const auto free =
            read_one(connection_.query(
                         columns + "WHERE (state = 'waiting' AND coalesce(not_before_ms, ?) <= ?) "
                                   "OR (state = 'leased' AND lease_until_ms <= ?) "
                                   "ORDER BY created_ms, rowid LIMIT 1",
                         now, now, now),
                     read_job);
        if (!free) {
            return std::nullopt;
        }
        connection_.run("UPDATE transcode_job SET state = 'leased', attempts = attempts + 1, "
                        "lease_owner = ?, lease_until_ms = ?, not_before_ms = NULL WHERE id = ?",
                        owner, now + length, free->id);
        return find(free->id);
    });
}

Result<void> JobStore::renew(const JobId& id, const std::string& owner, time::UtcTime until) {
    const int renewed = connection_.run("UPDATE transcode_job SET lease_until_ms = ? "
                                        "WHERE id = ? AND state = 'leased' AND lease_owner = ?",
                                        until, id, owner);
    if (renewed == 0) {
        return refuse(Refusal::conflict, "この変換は、ほかのプロセスに移りました。");
    }
    return {};
}

void JobStore::finish(const JobId& id) {
    connection_.run("UPDATE transcode_job SET state = 'done', lease_owner = NULL, "
                    "lease_until_ms = NULL WHERE id = ?",
                    id);
}

void JobStore::put_back(const JobId& id, time::UtcTime not_before) {
    connection_.run("UPDATE transcode_job SET state = 'waiting', lease_owner = NULL, "
                    "lease_until_ms = NULL, not_before_ms = ? WHERE id = ?",
                    not_before, id);
}

void JobStore::fail(const JobId& id) {
    connection_.run("UPDATE transcode_job SET state = 'failed', lease_owner = NULL, "
                    "lease_until_ms = NULL WHERE id = ?",
                    id);
}

void JobStore::release_all() {
    connection_.run("UPDATE transcode_job SET state = 'waiting', lease_owner = NULL, "
                    "lease_until_ms = NULL WHERE state = 'leased'");
}

} // namespace catalog::store
