#include "server/api/playing.h"

#include "catalog/admission.h"
#include "server/api/json_values.h"
#include "server/play/stills.h"

#include <utility>

namespace server::api {

using nlohmann::json;

namespace {

/// How far the beginning of sound and slides lies before that of the video: both begin with a
/// segment of their own, which for a span of a recording need not be at the same time.
double lead(const play::RecordingMedia& media, const play::RecordingMedia& slides) {
    return std::chrono::duration<double>(media.begins - slides.begins).count();
}

/// Addresses of what there is beside the video; null what there is not, or not yet.
json stills_json(const play::VideoEntry* video, const std::string& base) {
    json told{{"poster", nullptr}, {"thumbnails", nullptr}, {"slides", nullptr}, {"slide_list", nullptr}};
    if (video == nullptr || !video->media || !video->media->stills)
        return told;
    const auto& stills = *video->media->stills;
    const auto folder = base + "stills/";
    if (!stills.poster.empty())
        told["poster"] = folder + stills.poster;
    if (stills.thumbnails_text)
        told["thumbnails"] = folder + "thumbnails.vtt";
    if (stills.slides_text)
        told["slide_list"] = folder + "slides.json";
    if (stills.show)
        told["slides"] = {{"url", folder + "main.m3u8"},
                          {"lead_s", lead(*video->media, *stills.show)}};
    return told;
}

/// What the catalog knows of a video that is about to play.
struct Known {
    std::vector<catalog::CaptionTrack> tracks;
    bool is_live = false;
    std::optional<std::chrono::milliseconds> place;
};

} // namespace

catalog::Result<void> admit_to(const Services& services, const catalog::VideoId& id,
                               const catalog::Viewer& viewer) {
    const auto entry = services.play_table.find(id.text());
    if (!entry)
        return refuse(catalog::Refusal::not_found, "この動画は見つかりません。");
    return admit(entry->offering, viewer, services.clock.now());
}

http::Task<http::Reply> playing_reply(const Services& services, access::Grant grant,
                                      catalog::AccountId account) {
    auto look = [video = grant.video, account](catalog::store::Catalog& catalog) {
        const auto stream = catalog.live.find(video);
        const bool is_live = stream && stream->state != catalog::LiveStream::State::ended;
        return Known{catalog.captions.tracks_of(video), is_live, catalog.places.find(account, video)};
    };
    const auto [tracks, live, place] = co_await services.readers.run(std::move(look));
    const auto base = services.settings.playback.media_base_url + "/play/" +
                      services.keys.sign(grant) + "/" + grant.video.text() + "/";
    auto captions = json::array();
    for (const auto& track : tracks)
        captions.push_back({{"language", track.language},
                            {"label", track.label},
                            {"url", base + "captions/" + track.language + ".vtt"}});
    const auto entry = services.play_table.find(grant.video.text());
    const bool has_sound = entry && entry->media && entry->media->audio;
    const json answer{{"url", base + "main.m3u8"},
                      {"until", instant(grant.expires)},
                      {"now", instant(services.clock.now())},
                      {"captions", std::move(captions)},
                      {"stills", stills_json(entry.get(), base)},
                      {"sound", has_sound ? json(base + "audio.m3u8") : json()},
                      {"live", live ? json{{"low_latency", true}} : json()},
                      {"place_s", place ? json(std::chrono::duration<double>(*place).count()) : json()}};
    co_return http::json(http::Status::ok, answer);
}

} // namespace server::api
