#include "server/play/play_table.h"

#include "catalog/caption.h"
#include "catalog/store/catalog.h"

namespace server::play {

namespace {

using catalog::store::Catalog;

PlayableVideo playable(Catalog& catalog, const catalog::Video& video) {
    PlayableVideo playable;
    playable.id = video.id;
    playable.offering = catalog.videos.offering(video.id).value_or(catalog::Offering{});
    playable.recording = video.recording;
    playable.span = video.span;
    playable.cuts = video.cuts;
    for (const catalog::CaptionTrack& track : catalog.captions.tracks_of(video.id)) {
        if (const auto whole = catalog.captions.find(video.id, track.language)) {
            playable.captions.push_back({whole->language, to_webvtt(whole->cues)});
        }
    }
    return playable;
}

} // namespace

std::vector<PlayableVideo> playable_videos(Catalog& catalog) {
    std::vector<PlayableVideo> all;
    for (const catalog::Video& video : catalog.videos.all()) {
        all.push_back(playable(catalog, video));
    }
    return all;
}

std::optional<PlayableVideo> playable_video(Catalog& catalog, const catalog::VideoId& id) {
    const auto video = catalog.videos.find(id);
    return video ? std::optional(playable(catalog, *video)) : std::nullopt;
}

} // namespace server::play
