#include "catalog/store/material_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/series_store.h"
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
    return offering_of(*material, series ? &*series : nullptr);
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

void MaterialStore::set_file(const MaterialId& id, const std::string& file,
                             const std::string& file_name, std::uint64_t bytes) {
    const int changed =
        connection_.run("UPDATE material SET file = ?, file_name = ?, bytes = ? WHERE id = ?", file,
                        file_name, bytes, id);
    if (changed == 0) {
        throw std::runtime_error("no material " + id.text() + " to give a file to");
    }
}

} // namespace catalog::store
