#include "catalog/store/upload_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT id, length, file_name, file_type, video, material, owner, metadata, created_ms, "
    "expires_ms, finished FROM upload ";

Upload read_upload(Query& row) {
    return {
        .id = row.take<UploadId>(),
        .length = row.take<std::uint64_t>(),
        .file_name = row.take<std::string>(),
        .file_type = row.take<std::string>(),
        .video = row.take<VideoId>(),
        .material = row.take<MaterialId>(),
        .owner = row.take<AccountId>(),
        .metadata = row.take<std::string>(),
        .created = row.take<time::UtcTime>(),
        .expires = row.take<time::UtcTime>(),
        .finished = row.take<bool>(),
    };
}

} // namespace

std::vector<Upload> UploadStore::all() {
    return read_all(connection_.query(columns + "ORDER BY created_ms, rowid"), read_upload);
}

std::optional<Upload> UploadStore::find(const UploadId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_upload);
}

std::uint64_t UploadStore::reserved_bytes() {
    return read_one(connection_.query("SELECT coalesce(sum(length), 0) FROM upload "
                                      "WHERE finished = 0"),
                    [](Query& row) { return row.take<std::uint64_t>(); })
        .value_or(0);
}

void UploadStore::add(const Upload& upload) {
    connection_.run("INSERT INTO upload (id, length, file_name, file_type, video, material, owner, "
                    "metadata, created_ms, expires_ms, finished) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    upload.id, upload.length, upload.file_name, upload.file_type, upload.video,
                    upload.material, upload.owner, upload.metadata, upload.created, upload.expires,
                    upload.finished);
}

void UploadStore::finish(const UploadId& id) {
    connection_.run("UPDATE upload SET finished = 1 WHERE id = ?", id);
}

void UploadStore::remove(const UploadId& id) {
    connection_.run("DELETE FROM upload WHERE id = ?", id);
}

std::vector<Upload> UploadStore::expired(time::UtcTime now) {
    return read_all(connection_.query(columns + "WHERE finished = 0 AND expires_ms <= ? "
                                                "ORDER BY expires_ms",
                                      now),
                    read_upload);
}

} // namespace catalog::store
