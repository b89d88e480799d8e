#include "catalog/admission.h"
#include "catalog/clip.h"
#include "server/access/grant.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/playing.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"
#include "server/live/live_runner.h"
#include "server/live/viewers.h"

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using catalog::VideoId;
using catalog::Viewer;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

json chapters_json(const Video& video) {
    auto chapters = json::array();
    for (const auto& chapter : video.chapters)
        chapters.push_back({{"at_s", std::chrono::duration<double>(chapter.at).count()},
                            {"title", chapter.title}});
    return chapters;
}

json captions_json(catalog::store::Catalog& catalog, const VideoId& video) {
    auto captions = json::array();
    for (const auto& track : catalog.captions.tracks_of(video))
        captions.push_back({{"language", track.language}, {"label", track.label}});
    return captions;
}

/// Those that this viewer may have now.
json materials_json(catalog::store::Catalog& catalog, const Video& video, const Viewer& viewer,
                    catalog::time::UtcTime now) {
    auto listed = json::array();
    auto materials = catalog.materials.of_video(video.id);
    if (!video.session.empty())
        for (auto& material : catalog.materials.of_session(video.session))
            materials.push_back(std::move(material));
    for (const auto& material : materials) {
        const auto offering = catalog.materials.offering(material.id);
        if (material.file.empty() || !offering || !admit(*offering, viewer, now))
            continue;
        listed.push_back({{"id", material.id.text()},
                          {"title", material.title},
                          {"url", "/materials/" + material.id.text()},
                          {"closes_at", instant(offering->window.closes)}});
    }
    return listed;
}

json duration_json(catalog::store::Catalog& catalog, const Video& video) {
    using Seconds = std::chrono::duration<double>;
    const auto recording =
        video.recording ? catalog.recordings.find(*video.recording) : std::nullopt;
    if (const auto length = catalog::Clip(video).length(recording ? recording->duration : std::nullopt))
        return Seconds(*length).count();
    return video.planned_duration ? json(video.planned_duration->count()) : json();
}

/// How a live entry stands; null for what is none.
json live_json(catalog::store::Catalog& catalog, const live::LiveRunner& runner, const Video& video,
               catalog::time::UtcTime now) {
    if (!video.live)
        return nullptr;
    auto stream = catalog.live.find(video.id);
    if (stream)
        stream = live::as_seen(*stream, runner.status(video.id));
    const auto* known = stream ? &*stream : nullptr;
    return {{"state", to_text(shown_state(*video.live, known, now))},
            {"lobby_opens_at", instant(video.live->lobby_opens)},
            {"starts_at", instant(video.live->start)},
            {"ends_at", instant(video.live->end)},
            {"label", video.live->label},
            {"since", instant(shown_since(*video.live, known, now))}};
}

template <class Thing> json title_json(const std::optional<Thing>& thing) {
    return thing ? json{{"id", thing->id.text()}, {"title", thing->title}} : json();
}

/// What a viewer gets to know and to play.
class VideoApi {
  public:
    explicit VideoApi(Services& services) : services_(services) {}

    Task<Reply> show(const Request& request, const Caller& caller) const {
        const VideoId id{std::string(request.parameter("id"))};
        auto look = [this, id, viewer = caller.viewer](auto& catalog) {
            return describe(catalog, id, viewer);
        };
        const auto described = co_await services_.readers.run(std::move(look));
        if (described && !caller.session.empty())
            note_viewer(id, caller, access::session_tag(caller.session));
        co_return http::reply_of(described);
    }

    Task<Reply> play(const Request& request, const Caller& caller) const {
        const VideoId id{std::string(request.parameter("id"))};
        const auto entry = services_.play_table.find(id.text());
        if (!entry)
            co_return http::refusal(refuse(Refusal::not_found, "この動画は見つかりません。"));
        const auto now = services_.clock.now();
        if (const auto admitted = admit(entry->offering, caller.viewer, now); !admitted)
            co_return http::refusal(admitted.error());
        if (!entry->media)
            co_return http::refusal(co_await not_ready(id));
        const auto session = caller.session.empty() ? access::random_session_tag()
                                                    : access::session_tag(caller.session);
        note_viewer(id, caller, session);
        co_return co_await playing_reply(
            services_, services_.play.grant_for(id, entry->offering.window, session),
            caller.viewer.account);
    }

    /// How far it was watched; 0: nothing is kept.
    Task<Reply> keep_place(const Request& request, const Caller& caller) const {
        const VideoId id{std::string(request.parameter("id"))};
        const auto body = http::json_body(request);
        const auto at = body ? time_in(*body, "at_s") : std::nullopt;
        if (!at)
            co_return http::refusal(refuse(Refusal::invalid, "再生位置を読めません。"));
        if (const auto admitted = admit_to(services_, id, caller.viewer); !admitted)
            co_return http::refusal(admitted.error());
        auto change = [id, at = *at, account = caller.viewer.account](auto& catalog) {
            if (at > std::chrono::milliseconds(0))
                catalog.places.put(account, id, at);
            else
                catalog.places.remove(account, id);
        };
        co_await services_.writer.run(std::move(change));
        co_return http::empty(Status::no_content);
    }

  private:
    /// Of a live entry, with the time from which on there is something to wait for.
    Task<catalog::Error> not_ready(VideoId id) const {
        auto look = [id](catalog::store::Catalog& catalog) { return catalog.videos.find(id); };
        const auto video = co_await services_.readers.run(std::move(look));
        auto error = refuse(Refusal::not_ready,
                            "この動画はまだ再生できません。準備ができるまでお待ちください。");
        if (video && video->live) {
            error.message = "配信はまだ始まっていません。始まるまでお待ちください。";
            error.at = video->live->lobby_opens ? video->live->lobby_opens : video->live->start;
        }
        co_return error;
    }

    /// Who watches a stream asks how it stands, again and again.
    void note_viewer(const VideoId& id, const Caller& caller,
                     const access::SessionTag& session) const {
        if (!services_.live.status(id))
            return;
        const auto& department = caller.viewer.department;
        services_.viewers.seen(id, session, department ? department->municipality : "",
                               std::chrono::steady_clock::now());
    }

    Result<json> describe(catalog::store::Catalog& catalog, const VideoId& id,
                          const Viewer& viewer) const {
        const auto video = catalog.videos.find(id);
        const auto offering = catalog.videos.offering(id);
        if (!video || !offering)
            return refuse(Refusal::not_found, "この動画は見つかりません。");
        const auto now = services_.clock.now();
        if (const auto admitted = admit(*offering, viewer, now); !admitted)
            return admitted.error();
        const auto series =
            video->series.empty() ? std::nullopt : catalog.series.find(video->series);
        const auto session =
            video->session.empty() ? std::nullopt : catalog.sessions.find(video->session);
        const auto entry = services_.play_table.find(id.text());
        const bool ready = entry && entry->media;
        return given({{"id", id.text()},
                    {"kind", to_text(video->kind)},
                    {"title", video->title},
                    {"speaker", video->speaker},
                    {"description", video->description},
                    {"series", title_json(series)},
                    {"session", title_json(session)},
                    {"duration_s", duration_json(catalog, *video)},
                    {"opens_at", instant(offering->window.opens)},
                    {"closes_at", instant(offering->window.closes)},
                    {"audience", to_text(offering->audience)},
                    {"state", "open"},
                    {"live", live_json(catalog, services_.live, *video, now)},
                    {"ready", ready},
                    {"complete", ready && entry->media->ended},
                    {"chapters", chapters_json(*video)},
                    {"captions", captions_json(catalog, id)},
                    {"materials", materials_json(catalog, *video, viewer, now)},
                    {"now", instant(now)}});
    }

    Services& services_;
};

} // namespace

void add_videos(http::Router& router, Services& services) {
    using enum http::Method;
    const VideoApi api(services);
    constexpr std::uint64_t largest_body = 1024;
    router.add({get, "/api/videos/{id}", http::Access::anyone, handler(api, &VideoApi::show)});
    router.add({post, "/api/videos/{id}/play", http::Access::anyone,
                handler(api, &VideoApi::play), 
                {http::BodyRule::Kind::json, largest_body, http::BodyRule::Length::optional}});
    router.add({post, "/api/videos/{id}/place", http::Access::signed_in,
                handler(api, &VideoApi::keep_place), {http::BodyRule::Kind::json, largest_body}});
}

} // namespace server::api
