#pragma once

#include "catalog/admission.h"
#include "catalog/store/catalog.h"
#include "catalog/store/watch_report.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace server::handover {

/// What a handover tells of the catalog, as it was at one moment. Nobody who signs in is in it.
struct Contents {
    std::vector<catalog::Series> series;
    std::vector<catalog::Session> sessions;
    std::vector<catalog::Video> videos;
    std::vector<catalog::Recording> recordings;  ///< those that a video shows
    /// Those of them that still hold something that was withdrawn: they do not go along.
    std::set<catalog::RecordingId> withheld;
    std::vector<catalog::Material> materials;
    std::vector<catalog::Notice> notices;
    std::map<catalog::VideoId, std::vector<catalog::CaptionTrack>> captions;
    std::map<catalog::MaterialId, std::vector<catalog::DocumentPage>> pages;  ///< none where there are none

    std::vector<catalog::store::WatchReport> reports;  ///< of each year that has something to report, the latest first

    static Contents read(catalog::store::Catalog& catalog, const catalog::time::Zone& zone, catalog::time::UtcTime now);

    /// Null where there is none, or the id is empty.
    const catalog::Series* find(const catalog::SeriesId& id) const;
    const catalog::Session* find(const catalog::SessionId& id) const;
    const catalog::Video* find(const catalog::VideoId& id) const;
    const catalog::Material* find(const catalog::MaterialId& id) const;
    const catalog::Series* series_of(const catalog::Session& session) const;
    const catalog::Series* series_of(const catalog::Video& video) const;
    const catalog::Series* series_of(const catalog::Material& material) const;
    /// Null where the video has none.
    const catalog::Recording* recording_of(const catalog::Video& video) const;
    /// Whether a recording is finished and may be given away: only those go along.
    bool goes_along(const catalog::Recording& recording) const;
    /// Whether its recording does.
    bool plays(const catalog::Video& video) const;
    /// Window and audience of it, inheritance resolved.
    template <class Thing> catalog::Offering offering(const Thing& thing) const {
        return catalog::offering_of(thing, series_of(thing));
    }
};

} // namespace server::handover
