#include "server/api/playing.h"

#include "server/api/json_values.h"

namespace server::api {

using nlohmann::json;

http::Task<http::Reply> playing_reply(const Services& services, access::Grant grant) {
    auto look = [video = grant.video](auto& catalog) { return catalog.captions.tracks_of(video); };
    const auto tracks = co_await services.readers.run(std::move(look));
    const auto base = services.settings.playback.media_base_url + "/play/" +
                      services.keys.sign(grant) + "/" + grant.video.text() + "/";
    auto captions = json::array();
    for (const auto& track : tracks)
        captions.push_back({{"language", track.language},
                            {"label", track.label},
                            {"url", base + "captions/" + track.language + ".vtt"}});
    const json answer{{"url", base + "main.m3u8"},
                      {"until", instant(grant.expires)},
                      {"now", instant(services.clock.now())},
                      {"captions", std::move(captions)}};
    co_return http::json(http::Status::ok, answer);
}

} // namespace server::api
