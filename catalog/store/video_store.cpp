#include "catalog/store/video_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/series_store.h"
#include "catalog/store/window_columns.h"

#include <stdexcept>

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

const std::string columns =
    "SELECT video.id, video.kind, video.series, video.session, video.number, video.title, "
    "video.speaker, video.field, video.description, video.published, video.audience, "
    "video.has_window, video.opens_ms, video.closes_ms, video.recording, video.span_begin_ms, "
    "video.span_end_ms, video.planned_duration_s, EXISTS (SELECT 1 FROM downloadable_video AS "
    "downloadable WHERE downloadable.video = video.id) FROM video ";

const std::string in_order =
    "LEFT JOIN session ON session.id = video.session "
    "LEFT JOIN series ON series.id = coalesce(video.series, session.series) "
    "ORDER BY series.sort IS NULL, series.sort, series.id, video.number IS NULL, video.number, "
    "video.title, video.id";

std::optional<Span> take_span(Query& row) {
    const auto begin = row.take<std::optional<milliseconds>>();
    const auto end = row.take<std::optional<milliseconds>>();
    return begin && end ? std::optional(Span{*begin, *end}) : std::nullopt;
}

/// All but the cuts, the chapters and the live plan.
Video read_video(Query& row) {
    return {
        .id = row.take<VideoId>(),
        .kind = row.take<Video::Kind>(),
        .series = row.take<SeriesId>(),
        .session = row.take<SessionId>(),
        .number = row.take<std::optional<int>>(),
        .title = row.take<std::string>(),
        .speaker = row.take<std::string>(),
        .field = row.take<std::string>(),
        .description = row.take<std::string>(),
        .published = row.take<bool>(),
        .audience = row.take<std::optional<Audience>>(),
        .window = take_window(row),
        .recording = row.take<std::optional<RecordingId>>(),
        .span = take_span(row),
        .cuts = {},
        .planned_duration = row.take<std::optional<std::chrono::seconds>>(),
        .chapters = {},
        .live = {},
        .may_be_downloaded = row.take<bool>(),
    };
}

Span read_cut(Query& row) {
    return {.begin = row.take<milliseconds>(), .end = row.take<milliseconds>()};
}

Chapter read_chapter(Query& row) {
    return {.at = row.take<milliseconds>(), .title = row.take<std::string>(), .item = row.take<ProgrammeItemId>()};
}

LivePlan read_live_plan(Query& row) {
    return {
        .lobby_opens = row.take<std::optional<UtcTime>>(),
        .start = row.take<std::optional<UtcTime>>(),
        .end = row.take<std::optional<UtcTime>>(),
        .label = row.take<std::string>(),
        .archive_after = row.take<bool>(),
    };
}

void read_children(Connection& connection, Video& video) {
    video.chapters = read_all(
        connection.query("SELECT at_ms, title, item FROM chapter WHERE video = ? ORDER BY position",
                         video.id),
        read_chapter);
    video.cuts = read_all(
        connection.query("SELECT begin_ms, end_ms FROM video_cut WHERE video = ? ORDER BY begin_ms",
                         video.id),
        read_cut);
    video.live =
        read_one(connection.query("SELECT lobby_opens_ms, start_ms, end_ms, label, archive_after "
                                  "FROM live_plan WHERE video = ?",
                                  video.id),
                 read_live_plan);
}

std::vector<Video> read_videos(Connection& connection, Query query) {
    auto videos = read_all(std::move(query), read_video);
    for (Video& video : videos) {
        read_children(connection, video);
    }
    return videos;
}

void put_row(Connection& connection, const Video& video) {
    const WindowColumns window(video.window);
    const auto span_begin = video.span ? std::optional(video.span->begin) : std::nullopt;
    const auto span_end = video.span ? std::optional(video.span->end) : std::nullopt;
    connection.run(
        "INSERT INTO video (id, kind, series, session, number, title, speaker, field, description, "
        "published, audience, has_window, opens_ms, closes_ms, recording, span_begin_ms, "
        "span_end_ms, planned_duration_s) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET (kind, series, session, number, title, speaker, field, "
        "description, published, audience, has_window, opens_ms, closes_ms, recording, "
        "span_begin_ms, span_end_ms, planned_duration_s) = (excluded.kind, excluded.series, "
        "excluded.session, excluded.number, excluded.title, excluded.speaker, excluded.field, "
        "excluded.description, excluded.published, excluded.audience, excluded.has_window, "
        "excluded.opens_ms, excluded.closes_ms, excluded.recording, excluded.span_begin_ms, "
        "excluded.span_end_ms, excluded.planned_duration_s)",
        video.id, video.kind, video.series, video.session, video.number, video.title, video.speaker,
        video.field, video.description, video.published, video.audience, window.has_window,
        window.opens, window.closes, video.recording, span_begin, span_end, video.planned_duration);
}

void put_children(Connection& connection, const Video& video) {
    connection.run("DELETE FROM chapter WHERE video = ?", video.id);
    int position = 0;
    for (const Chapter& chapter : video.chapters) {
        connection.run("INSERT INTO chapter (video, position, at_ms, title, item) VALUES (?, ?, ?, ?, ?)",
                       video.id, position++, chapter.at, chapter.title, chapter.item);
    }
    connection.run("DELETE FROM video_cut WHERE video = ?", video.id);
    for (const Span& cut : video.cuts) {
        connection.run("INSERT INTO video_cut (video, begin_ms, end_ms) VALUES (?, ?, ?)", video.id,
                       cut.begin, cut.end);
    }
    connection.run("DELETE FROM live_plan WHERE video = ?", video.id);
    if (const auto& live = video.live) {
        connection.run("INSERT INTO live_plan (video, lobby_opens_ms, start_ms, end_ms, label, "
                       "archive_after) VALUES (?, ?, ?, ?, ?, ?)",
                       video.id, live->lobby_opens, live->start, live->end, live->label,
                       live->archive_after);
    }
    connection.run("DELETE FROM downloadable_video WHERE video = ?", video.id);
    if (video.may_be_downloaded) {
        connection.run("INSERT INTO downloadable_video (video) VALUES (?)", video.id);
    }
}

} // namespace

std::vector<Video> VideoStore::all() {
    return read_videos(connection_, connection_.query(columns + in_order));
}

std::optional<Video> VideoStore::find(const VideoId& id) {
    auto video = read_one(connection_.query(columns + "WHERE id = ?", id), read_video);
    if (video) {
        read_children(connection_, *video);
    }
    return video;
}

std::vector<Video> VideoStore::of_session(const SessionId& session) {
    return read_videos(connection_, connection_.query(columns + "WHERE session = ? "
                                                                "ORDER BY number, title, id",
                                                      session));
}

std::vector<Video> VideoStore::of_recording(const RecordingId& recording) {
    return read_videos(connection_,
                       connection_.query(columns + "WHERE recording = ? ORDER BY id", recording));
}

std::optional<Offering> VideoStore::offering(const VideoId& id) {
    // What it consists of decides nothing; a search asks for thousands of offerings.
    const auto video = read_one(connection_.query(columns + "WHERE video.id = ?", id), read_video);
    if (!video) {
        return std::nullopt;
    }
    const auto series = SeriesStore(connection_).of_video(id);
    return offering_of(*video, series ? &*series : nullptr);
}

void VideoStore::put(const Video& video) {
    in_transaction(connection_, [&] {
        put_row(connection_, video);
        put_children(connection_, video);
    });
}

void VideoStore::set_recording(const VideoId& id, const RecordingId& recording) {
    in_transaction(connection_, [&] {
        const auto changed = connection_.run(
            "UPDATE video SET recording = ?, span_begin_ms = NULL, span_end_ms = NULL WHERE id = ?",
            recording, id);
        if (changed == 0) {
            throw std::runtime_error("no video " + id.text() + " to give a recording to");
        }
        connection_.run("DELETE FROM video_cut WHERE video = ?", id);
        connection_.run("DELETE FROM hidden_chapter WHERE video = ?", id);
        connection_.run("DELETE FROM hidden_cue WHERE video = ?", id);
    });
}

Result<void> VideoStore::remove(const VideoId& id) {
    if (connection_.run("DELETE FROM video WHERE id = ?", id) == 0) {
        return refuse(Refusal::not_found, "動画が見つかりません。");
    }
    return {};
}

} // namespace catalog::store
