#include "server/handover/contents.h"

#include <algorithm>

namespace server::handover {
namespace {

template <class Things, class IdOfThing>
const typename Things::value_type* find_in(const Things& things, const IdOfThing& id) {
    const auto found = std::ranges::find(things, id, &Things::value_type::id);
    return found == things.end() ? nullptr : &*found;
}

std::vector<catalog::CaptionTrack> captions_of(catalog::store::Catalog& catalog,
                                               const catalog::VideoId& video) {
    std::vector<catalog::CaptionTrack> whole;
    for (const auto& track : catalog.captions.tracks_of(video))
        if (auto found = catalog.captions.find(video, track.language))
            whole.push_back(std::move(*found));
    return whole;
}

} // namespace

Contents Contents::read(catalog::store::Catalog& catalog, const catalog::time::Zone& zone,
                        catalog::time::UtcTime now) {
    return catalog.transaction([&] {
        Contents contents;
        contents.series = catalog.series.all();
        contents.sessions = catalog.sessions.all();
        contents.videos = catalog.videos.all();
        contents.materials = catalog.materials.all();
        contents.notices = catalog.notices.all();
        contents.recordings = catalog.recordings.all();
        std::erase_if(contents.recordings, [&](const catalog::Recording& recording) {
            return std::ranges::find(contents.videos, std::optional(recording.id),
                                     &catalog::Video::recording) == contents.videos.end();
        });
        for (const auto& withdrawn : catalog.withdrawals.all())
            if (withdrawn.state == catalog::WithdrawnSpan::State::withheld)
                contents.withheld.insert(withdrawn.recording);
        for (const auto& video : contents.videos)
            contents.captions.emplace(video.id, captions_of(catalog, video.id));
        for (const auto& material : contents.materials)
            contents.pages.emplace(material.id, catalog.documents.pages(material.id));
        const auto this_year = catalog::time::fiscal_year_of(zone.to_local(now).date);
        for (const int year : report_of_year(catalog, this_year, zone).years)
            contents.reports.push_back(report_of_year(catalog, std::chrono::year(year), zone));
        return contents;
    });
}

const catalog::Series* Contents::find(const catalog::SeriesId& id) const {
    return find_in(series, id);
}
const catalog::Session* Contents::find(const catalog::SessionId& id) const {
    return find_in(sessions, id);
}
const catalog::Video* Contents::find(const catalog::VideoId& id) const {
    return find_in(videos, id);
}
const catalog::Material* Contents::find(const catalog::MaterialId& id) const {
    return find_in(materials, id);
}

const catalog::Series* Contents::series_of(const catalog::Session& session) const {
    return find(session.series);
}

const catalog::Series* Contents::series_of(const catalog::Video& video) const {
    if (!video.series.empty())
        return find(video.series);
    const auto* session = find(video.session);
    return session ? series_of(*session) : nullptr;
}

const catalog::Series* Contents::series_of(const catalog::Material& material) const {
    if (const auto* video = find(material.video))
        return series_of(*video);
    const auto* session = find(material.session);
    return session ? series_of(*session) : nullptr;
}

const catalog::Recording* Contents::recording_of(const catalog::Video& video) const {
    return video.recording ? find_in(recordings, *video.recording) : nullptr;
}

bool Contents::plays(const catalog::Video& video) const {
    const auto* recording = recording_of(video);
    return recording && goes_along(*recording);
}

bool Contents::goes_along(const catalog::Recording& recording) const {
    return recording.state == catalog::Recording::State::ready && !withheld.contains(recording.id);
}

} // namespace server::handover
