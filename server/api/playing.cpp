#include "server/api/playing.h"

#include "catalog/admission.h"
#include "server/api/json_values.h"
#include "server/play/stills.h"

#include <utility>

namespace server::api {

using nlohmann::json;

namespace {

/// Where what the video shows lies in what plays: `[[begin_s, length_s], …]`; null where that is all.
json pieces_json(const play::RecordingMedia& media) {
    using Seconds = std::chrono::duration<double>;
    auto pieces = json::array();
    for (const auto& [begin, length] : media.pieces)
        pieces.push_back({Seconds(begin).count(), length ? json(Seconds(*length).count()) : json()});
    return pieces.empty() ? json() : pieces;
}

/// Addresses of what there is beside the video; null what there is not, or not yet.
json stills_json(const play::RecordingMedia* media, const std::string& base) {
    json told{{"poster", nullptr}, {"thumbnails", nullptr}, {"slides", nullptr}, {"slide_list", nullptr}};
    if (media == nullptr || !media->stills)
        return told;
    const auto& stills = *media->stills;
    const auto folder = base + "stills/";
    if (!stills.poster.empty())
        told["poster"] = folder + stills.poster;
    if (stills.thumbnails_text)
        told["thumbnails"] = folder + "thumbnails.vtt";
    if (stills.slides_text)
        told["slide_list"] = folder + "slides.json";
    if (stills.show)
        told["slides"] = {{"url", folder + "main.m3u8"},
                          {"pieces", pieces_json(*stills.show)}};
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
    const auto* media = entry ? entry->media.get() : nullptr;
    const json answer{{"url", base + "main.m3u8"},
                      {"pieces", media != nullptr ? pieces_json(*media) : json()},
                      {"until", instant(grant.expires)},
                      {"now", instant(services.clock.now())},
                      {"captions", std::move(captions)},
                      {"stills", stills_json(media, base)},
                      {"sound", media != nullptr && media->audio ? json(base + "audio.m3u8") : json()},
                      {"live", live ? json{{"low_latency", true}} : json()},
                      {"place_s", place ? json(std::chrono::duration<double>(*place).count()) : json()}};
    co_return http::json(http::Status::ok, answer);
}

http::Reply whole_reply(const Services& services, const access::Grant& grant) {
    const auto base = services.settings.playback.media_base_url + "/play/" +
                      services.keys.sign(grant) + "/" + grant.video.text() + "/whole/";
    const auto entry = services.play_table.find(grant.video.text());
    const json answer{{"url", base + "main.m3u8"},
                      {"pieces", nullptr},
                      {"until", instant(grant.expires)},
                      {"now", instant(services.clock.now())},
                      {"captions", json::array()},
                      {"stills", stills_json(entry ? entry->whole.get() : nullptr, base)},
                      {"sound", nullptr},
                      {"live", nullptr},
                      {"place_s", nullptr}};
    return http::json(http::Status::ok, answer);
}

} // namespace server::api
