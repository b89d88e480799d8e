#include "catalog/import_file/context.h"
#include "catalog/import_file/times.h"

#include <algorithm>

namespace catalog::import_file {

namespace {

/// The session that a recording or a live stream is of; null where it is of none.
const Session* read_session_reference(const Field& field, const Context& context) {
    if (!field.present()) {
        return nullptr;
    }
    const std::string id = field.needed_id();
    const auto found = context.sessions.find(id);
    if (found == context.sessions.end()) {
        if (!id.empty()) {
            field.mistake("there is no session \"" + id + "\"");
        }
        return nullptr;
    }
    return &found->second;
}

/// The title of a chapter that has none of its own: that of the programme's item.
std::string read_chapter_title(const Field& field, const Session* session) {
    const auto title = field["title"].text();
    const auto item_id = field["itemId"].text();
    if (!item_id || session == nullptr) {
        return title ? *title : field["title"].needed_text();
    }
    const auto item =
        std::ranges::find(session->items, ProgrammeItemId(*item_id), &ProgrammeItem::id);
    if (item == session->items.end()) {
        field["itemId"].mistake("the session's programme has no item \"" + *item_id + "\"");
        return title.value_or(std::string());
    }
    return title.value_or(item->title);
}

/// Of a session's recording. One that its programme lacks was a mistake of the title already.
ProgrammeItemId read_chapter_item(const Field& field, const Session* session) {
    const auto id = field["itemId"].text();
    return id && session != nullptr ? ProgrammeItemId(*id) : ProgrammeItemId();
}

std::vector<Chapter> read_chapters(const Field& list, const Session* session) {
    std::vector<Chapter> chapters;
    for (const Field& field : list.elements()) {
        if (!field.expect_object()) {
            continue;
        }
        const Field at_field = field["atSec"];
        const auto at = at_field.seconds();
        std::string title = read_chapter_title(field, session);
        if (!at_field.present()) {
            at_field.mistake("this is missing");
        }
        if (!at) {
            continue;
        }
        if (!chapters.empty() && *at <= chapters.back().at) {
            at_field.mistake("this is not after the chapter before it");
        }
        chapters.push_back({*at, std::move(title), read_chapter_item(field, session)});
    }
    return chapters;
}

/// What lectures, recordings and live streams have in common.
Video read_common(const Field& field, Context& context, const Session* session) {
    Video video;
    video.id = VideoId(read_own_id(field["id"], context.videos));
    video.series = read_series_reference(field["series"], context);
    if (session != nullptr) {
        video.session = session->id;
        if (video.series.empty()) {
            video.series = session->series;
        }
    }
    video.number = read_number(field["number"]);
    video.title = field["title"].needed_text();
    video.speaker = field.either("speakerLabel", "speaker").text_or_empty();
    video.field = field["field"].text_or_empty();
    video.description = field["description"].text_or_empty();
    video.audience = read_audience(field["audience"], video.session, context);
    video.window = read_window(field["window"], context.zone);
    if (const auto length = field["scheduledDurationSec"].seconds()) {
        video.planned_duration = std::chrono::round<std::chrono::seconds>(*length);
    }
    video.chapters = read_chapters(field["chapters"], session);
    for (const Field& material : field["materials"].elements()) {
        context.listed_materials.push_back(material);
    }
    return video;
}

LivePlan read_live_plan(const Field& field, const time::Zone& zone) {
    LivePlan plan;
    plan.lobby_opens = read_instant(field["opensLobby"], zone);
    plan.start = read_instant(field["scheduledStart"], zone);
    plan.end = read_instant(field["scheduledEnd"], zone);
    plan.label = field["label"].text_or_empty();
    plan.archive_after = field["archiveAfter"].flag().value_or(true);
    if (plan.start && plan.end && *plan.end <= *plan.start) {
        field["scheduledEnd"].mistake("this ends before it starts");
    }
    return plan;
}

} // namespace

std::vector<Video> read_videos(Context& context) {
    std::vector<Video> all;
    const auto read_list = [&](std::string_view list, Video::Kind kind, auto finish) {
        for (const Field& field : context.file[list].elements()) {
            if (!field.expect_object()) {
                continue;
            }
            Video video =
                read_common(field, context, read_session_reference(field["sessionId"], context));
            video.kind = kind;
            finish(field, video);
            all.push_back(std::move(video));
        }
    };
    const auto publish = [](const Field&, Video& video) { video.published = true; };
    const auto plan = [&context](const Field& field, Video& video) {
        video.live = read_live_plan(field, context.zone);
        video.published = true;
    };
    read_list("lectures", Video::Kind::lecture, publish);
    read_list("recordings", Video::Kind::record, publish);
    read_list("live", Video::Kind::live, plan);
    return all;
}

} // namespace catalog::import_file
