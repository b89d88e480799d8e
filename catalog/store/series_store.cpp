#include "catalog/store/series_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT id, title, audience, opens_ms, closes_ms, planned_count, sort FROM series ";

Series read_series(Query& row) {
    return {
        .id = row.take<SeriesId>(),
        .title = row.take<std::string>(),
        .audience = row.take<Audience>(),
        .window = {row.take<std::optional<UtcTime>>(), row.take<std::optional<UtcTime>>()},
        .planned_count = row.take<std::optional<int>>(),
        .sort = row.take<int>(),
    };
}

} // namespace

std::vector<Series> SeriesStore::all() {
    return read_all(connection_.query(columns + "ORDER BY sort, id"), read_series);
}

std::optional<Series> SeriesStore::find(const SeriesId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_series);
}

std::optional<Series> SeriesStore::of_video(const VideoId& video) {
    return read_one(
        connection_.query(columns + "WHERE id = (SELECT coalesce(video.series, session.series) "
                                    "FROM video LEFT JOIN session ON session.id = video.session "
                                    "WHERE video.id = ?)",
                          video),
        read_series);
}

std::optional<Series> SeriesStore::of_material(const MaterialId& material) {
    return read_one(
        connection_.query(columns + "WHERE id = (SELECT coalesce(video.series, session.series) "
                                    "FROM material LEFT JOIN video ON video.id = material.video "
                                    "LEFT JOIN session "
                                    "ON session.id = coalesce(material.session, video.session) "
                                    "WHERE material.id = ?)",
                          material),
        read_series);
}

void SeriesStore::put(const Series& series) {
    connection_.run(
        "INSERT INTO series (id, title, audience, opens_ms, closes_ms, planned_count, sort) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET (title, audience, opens_ms, closes_ms, "
        "planned_count, sort) = (excluded.title, excluded.audience, excluded.opens_ms, "
        "excluded.closes_ms, excluded.planned_count, excluded.sort)",
        series.id, series.title, series.audience, series.window.opens, series.window.closes,
        series.planned_count, series.sort);
}

} // namespace catalog::store
