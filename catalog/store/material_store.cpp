#include "catalog/store/material_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/series_store.h"
#include "catalog/store/video_store.h"
#include "catalog/store/window_columns.h"

#include <stdexcept>

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT id, session, video, item, title, format, published_on, published, audience, "
    "has_window, opens_ms, closes_ms, file, file_name, bytes FROM material ";
const std::string in_order = "ORDER BY published_on, title, id";

Material read_material(Query& row) {
    return {
        .id = row.take<MaterialId>(),
        .session = row.take<SessionId>(),
        .video = row.take<VideoId>(),
        .item = row.take<ProgrammeItemId>(),
        .title = row.take<std::string>(),
        .format = row.take<std::string>(),
        .published_on = row.take<std::optional<time::Date>>(),
        .published = row.take<bool>(),
        .audience = row.take<std::optional<Audience>>(),
        .window = take_window(row),
        .file = row.take<std::string>(),
        .file_name = row.take<std::string>(),
        .bytes = row.take<std::uint64_t>(),
    };
}

const std::string version_columns =
    "SELECT number, file, file_name, bytes, replaced_ms FROM material_version ";

MaterialStore::Version read_version(Query& row) {
    return {
        .number = row.take<int>(),
        .file = {.file = row.take<std::string>(),
                 .file_name = row.take<std::string>(),
                 .bytes = row.take<std::uint64_t>()},
        .replaced = row.take<time::UtcTime>(),
    };
}

} // namespace

std::vector<Material> MaterialStore::all() {
    return read_all(connection_.query(columns + in_order), read_material);
}

std::optional<Material> MaterialStore::find(const MaterialId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_material);
}

std::vector<Material> MaterialStore::of_session(const SessionId& session) {
    return read_all(connection_.query(columns + "WHERE session = ? " + in_order, session),
                    read_material);
}

std::vector<Material> MaterialStore::of_video(const VideoId& video) {
    return read_all(connection_.query(columns + "WHERE video = ? " + in_order, video),
                    read_material);
}

std::optional<Offering> MaterialStore::offering(const MaterialId& id) {
    const auto material = find(id);
    if (!material) {
        return std::nullopt;
    }
    const auto series = SeriesStore(connection_).of_material(id);
    const auto video = VideoStore(connection_).find(material->video);
    return offering_of(*material, series ? &*series : nullptr, video ? owner(*video) : Owner::published);
}

void MaterialStore::put(const Material& material) {
    const WindowColumns window(material.window);
    connection_.run(
        "INSERT INTO material (id, session, video, item, title, format, published_on, published, "
        "audience, has_window, opens_ms, closes_ms, file, file_name, bytes) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET (session, video, item, title, format, published_on, "
        "published, audience, has_window, opens_ms, closes_ms, file, file_name, bytes) = "
        "(excluded.session, excluded.video, excluded.item, excluded.title, excluded.format, "
        "excluded.published_on, excluded.published, excluded.audience, excluded.has_window, "
        "excluded.opens_ms, excluded.closes_ms, excluded.file, excluded.file_name, "
        "excluded.bytes)",
        material.id, material.session, material.video, material.item, material.title,
        material.format, material.published_on, material.published, material.audience,
        window.has_window, window.opens, window.closes, material.file, material.file_name,
        material.bytes);
}

std::vector<MaterialStore::Version> MaterialStore::versions(const MaterialId& id) {
    return read_all(connection_.query(version_columns + "WHERE material = ? ORDER BY number DESC", id), read_version);
}

std::vector<MaterialStore::Version> MaterialStore::versions() {
    return read_all(connection_.query(version_columns + "ORDER BY material, number DESC"), read_version);
}

void MaterialStore::set_file(const MaterialId& id, const File& file, time::UtcTime now) {
    in_transaction(connection_, [&] {
        const auto before = find(id);
        if (!before) {
            throw std::runtime_error("no material " + id.text() + " to give a file to");
        }
        if (before->file == file.file) {
            return;
        }
        if (!before->file.empty()) {
            connection_.run("INSERT INTO material_version (material, number, file, file_name, bytes, replaced_ms) "
                            "SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM material_version WHERE material = ?",
                            id, before->file, before->file_name, before->bytes, now, id);
        }
        connection_.run("UPDATE material SET file = ?, file_name = ?, bytes = ? WHERE id = ?", file.file,
                        file.file_name, file.bytes, id);
    });
}

Result<void> MaterialStore::put_back(const MaterialId& id, int number, time::UtcTime now) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto version = read_one(
            connection_.query(version_columns + "WHERE material = ? AND number = ?", id, number), read_version);
        if (!version) {
            return refuse(Refusal::not_found, "この版は見つかりません。");
        }
        set_file(id, version->file, now);
        connection_.run("DELETE FROM material_version WHERE material = ? AND number = ?", id, number);
        return {};
    });
}

Result<std::vector<std::string>> MaterialStore::remove(const MaterialId& id) {
    return in_transaction(connection_, [&]() -> Result<std::vector<std::string>> {
        const auto material = find(id);
        if (!material) {
            return refuse(Refusal::not_found, "この資料は見つかりません。");
        }
        std::vector<std::string> files;
        if (!material->file.empty()) {
            files.push_back(material->file);
        }
        for (const auto& version : versions(id)) {
            files.push_back(version.file.file);
        }
        connection_.run("DELETE FROM material WHERE id = ?", id);
        return files;
    });
}

} // namespace catalog::store
