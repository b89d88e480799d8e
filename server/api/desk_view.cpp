#include "server/api/desk_view.h"

#include "catalog/admission.h"
#include "server/api/clip_json.h"
#include "server/api/json_values.h"
#include "server/jobs/job_runner.h"
#include "server/play/play_table.h"
#include "server/upload/uploads.h"

#include <algorithm>

namespace server::api {
namespace {

using catalog::AvailabilityWindow;
using catalog::Recording;
using catalog::Video;
using nlohmann::json;

json progress_json(const std::optional<jobs::Progress>& progress) {
    if (!progress)
        return nullptr;
    return {{"fraction", progress->fraction},
            {"speed", progress->speed},
            {"remaining_s", progress->remaining_s ? json(*progress->remaining_s) : json()}};
}

json failure_json(const Recording& recording) {
    if (recording.state != Recording::State::failed)
        return nullptr;
    return {{"kind", recording.failure_kind}, {"message", recording.failure}};
}

double seconds(std::chrono::milliseconds time) {
    return std::chrono::duration<double>(time).count();
}

} // namespace

std::string_view state_of(const catalog::Offering& offering, catalog::time::UtcTime now) {
    if (!offering.published)
        return "draft";
    switch (offering.window.at(now)) {
    case AvailabilityWindow::State::upcoming:
        return "upcoming";
    case AvailabilityWindow::State::open:
        return "open";
    case AvailabilityWindow::State::closed:
        break;
    }
    return "closed";
}

DeskView::DeskView(catalog::store::Catalog& catalog, const Services& services)
    : catalog_(catalog), services_(services), now_(services.clock.now()), uploads_(catalog.uploads.all()) {
    for (auto& series : catalog.series.all())
        series_.emplace(series.id, std::move(series));
    for (auto& recording : catalog.recordings.all())
        recordings_.emplace(recording.id, std::move(recording));
    for (const auto& job : catalog.jobs.all())
        attempts_[job.recording] = job.attempts;
}

std::vector<Video> DeskView::in_order(std::vector<Video> videos) const {
    const auto received = [this](const Video& video) {
        const auto found = video.recording ? recordings_.find(*video.recording) : recordings_.end();
        return found == recordings_.end() ? catalog::time::UtcTime::min() : found->second.received;
    };
    std::ranges::stable_sort(videos, std::ranges::greater{}, received);
    return videos;
}

/// Its own, or its session's.
const catalog::Series* DeskView::series_of(const Video& video) const {
    auto id = video.series;
    if (id.empty() && !video.session.empty())
        if (const auto session = catalog_.sessions.find(video.session))
            id = session->series;
    const auto series = series_.find(id);
    return series == series_.end() ? nullptr : &series->second;
}

json DeskView::describe(const Video& video) const {
    const auto offering = catalog::offering_of(video, series_of(video));
    const auto recording = video.recording ? recordings_.find(*video.recording) : recordings_.end();
    return {{"id", video.id.text()},
            {"kind", to_text(video.kind)},
            {"title", video.title},
            {"speaker", video.speaker},
            {"description", video.description},
            {"series", id_or_null(video.series)},
            {"session", id_or_null(video.session)},
            {"published", video.published},
            {"state", state_of(offering, now_)},
            {"audience", video.audience ? json(to_text(*video.audience)) : json()},
            {"effective_audience", to_text(offering.audience)},
            {"window", video.window ? window_json(*video.window) : json()},
            {"effective_window", window_json(offering.window)},
            {"download", video.may_be_downloaded},
            {"clip", clip_json(video)},
            {"recording", recording == recordings_.end()
                              ? json()
                              : describe_recording(recording->second, video)},
            {"upload", upload_of(video.id)}};
}

json DeskView::describe_recording(const Recording& recording, const Video& video) const {
    const auto entry = services_.play_table.find(video.id.text());
    const bool playable = entry && entry->media && entry->recording == recording.id;
    auto renditions = json::array();
    if (playable)
        for (const auto& rendition : entry->media->renditions)
            renditions.push_back(rendition.name);
    const auto attempts = attempts_.find(recording.id);
    return {{"id", recording.id.text()},
            {"file_name", recording.file_name},
            {"shown_by", shown_by(recording.id, video.id)},
            {"bytes", recording.source_bytes},
            {"state", to_text(recording.state)},
            {"playable", playable},
            {"progress", progress_json(services_.jobs.progress(recording.id))},
            {"renditions", std::move(renditions)},
            {"duration_s", recording.duration ? json(seconds(*recording.duration)) : json()},
            {"lost_s", seconds(recording.lost)},
            {"failure", failure_json(recording)},
            {"attempts", attempts == attempts_.end() ? 0 : attempts->second},
            {"source_url", recording.source.empty()
                               ? json()
                               : json("/api/desk/videos/" + video.id.text() + "/source")}};
}

json DeskView::shown_by(const catalog::RecordingId& recording, const catalog::VideoId& but) const {
    auto others = json::array();
    for (const auto& video : catalog_.videos.of_recording(recording))
        if (video.id != but)
            others.push_back({{"id", video.id.text()}, {"title", video.title}});
    return others;
}

json DeskView::upload_of(const catalog::VideoId& video) const {
    for (const auto& upload : uploads_)
        if (upload.video == video && !upload.finished)
            return {{"id", upload.id.text()},
                    {"offset", services_.uploads.received_bytes(upload.id)},
                    {"length", upload.length},
                    {"file_name", upload.file_name}};
    return nullptr;
}

} // namespace server::api
