#include "catalog/random_id.h"
#include "server/access/live_sessions.h"
#include "server/api/checklist_view.h"
#include "server/api/desk_view.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/playing.h"
#include "server/api/removal.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/api/video_changes.h"
#include "server/http/json_body.h"
#include "server/jobs/job_runner.h"

namespace server::api {
namespace {

using catalog::Recording;
using catalog::Refusal;
using catalog::Result;
using catalog::Video;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

catalog::Error unknown() { return refuse(Refusal::not_found, "この動画は見つかりません。"); }

/// The secretariat's work on videos.
class DeskVideoApi {
  public:
    explicit DeskVideoApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [this](Catalog& catalog) {
            const DeskView view(catalog, services_);
            auto videos = json::array();
            for (const auto& video : view.in_order(catalog.videos.all()))
                videos.push_back(view.describe(video));
            return videos;
        };
        auto videos = co_await services_.readers.run(std::move(look));
        const json answer{{"videos", std::move(videos)}, {"now", instant(services_.clock.now())}};
        co_return http::json(Status::ok, answer);
    }

    Task<Reply> show(const Request& request, const Caller&) const {
        auto look = [this, id = id_in<VideoId>(request)](Catalog& catalog) -> Result<json> {
            const auto video = catalog.videos.find(id);
            if (!video)
                return unknown();
            return given(whole(catalog, *video));
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)), Status::ok);
    }

    Task<Reply> create(const Request& request, const Caller& caller) const {
        auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        if (!fields->contains("title"))
            co_return http::refusal(refuse(Refusal::invalid, "題名を入力してください。"));
        auto change = [this, fields = std::move(*fields), account = caller.viewer.account](
                          Catalog& catalog) -> Result<json> {
            Video draft;
            draft.id = VideoId(catalog::random_id());
            draft.kind = Video::Kind::lecture;
            return put(catalog, std::move(draft), fields, {account, "video.create"});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::created);
    }

    Task<Reply> update(const Request& request, const Caller& caller) const {
        auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        const auto seen = take_version(*fields);
        auto change = [this, id = id_in<VideoId>(request), fields = std::move(*fields), seen,
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            auto video = catalog.videos.find(id);
            if (!video)
                return unknown();
            if (const auto same = made_from(seen, version_of(*video), "動画", Unseen::allowed); !same)
                return same.error();
            return put(catalog, std::move(*video), fields, {account, "video.update"});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::ok);
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        const auto removed =
            co_await remove_video(services_, id_in<VideoId>(request), caller.viewer.account);
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

    Task<Reply> preview(const Request& request, const Caller& caller) const {
        const auto wish = http::json_body(request);
        if (!wish)
            co_return http::refusal(wish.error());
        const auto whole = wish->find("whole");
        const bool is_whole = whole != wish->end() && *whole == true;
        const auto id = id_in<VideoId>(request);
        const auto entry = services_.play_table.find(id.text());
        if (!entry)
            co_return http::refusal(unknown());
        if (!(is_whole ? entry->whole : entry->media))
            co_return http::refusal(refuse(Refusal::not_ready, "まだ再生できません。"));
        const auto session = access::session_tag(caller.session);
        services_.live_sessions.add(session);
        auto grant = services_.play.preview_for(id, session);
        if (is_whole)
            co_return whole_reply(services_, std::move(grant));
        co_return co_await playing_reply(services_, std::move(grant), caller.viewer.account);
    }

    Task<Reply> retry(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<VideoId>(request), account = caller.viewer.account](
                          Catalog& catalog) -> Result<json> {
            const auto video = catalog.videos.find(id);
            if (!video)
                return unknown();
            const auto recording =
                video->recording ? catalog.recordings.find(*video->recording) : std::nullopt;
            if (!recording || recording->state != Recording::State::failed)
                return refuse(Refusal::conflict, "やり直せるのは、変換に失敗した動画だけです。");
            const auto now = services_.clock.now();
            catalog.transaction([&] {
                catalog.recordings.requeue(recording->id);
                catalog.jobs.add(recording->id, now);
                catalog.audit.append({now, account, "recording.retry", recording->id.text(), {}, {}});
            });
            return given(DeskView(catalog, services_).describe(*video));
        };
        const auto queued = co_await services_.writer.run(std::move(change));
        services_.jobs.wake();
        co_return reply_of(queued, Status::accepted);
    }

    Task<Reply> source(const Request& request, const Caller&) const {
        auto open = [this, id = id_in<VideoId>(request)](Catalog& catalog) -> Result<Reply> {
            const auto video = catalog.videos.find(id);
            const auto recording = video && video->recording
                                       ? catalog.recordings.find(*video->recording)
                                       : std::nullopt;
            if (!recording || recording->source.empty())
                return unknown();
            const auto file = http::OpenFile::open(services_.folder.media() /
                                                   recording->id.text() / recording->source);
            Reply reply;
            reply.type = "application/octet-stream";
            reply.body = http::FileSpan{file, 0, file->size()};
            reply.add("Content-Disposition", http::attachment(recording->file_name));
            reply.add("Content-Security-Policy", "sandbox");
            return reply;
        };
        auto reply = co_await services_.readers.run(std::move(open));
        co_return reply ? std::move(*reply) : http::refusal(reply.error());
    }

  private:
    struct Who {
        catalog::AccountId account;
        std::string action;
    };

    /// D of one video, with its version and its checklist.
    json whole(Catalog& catalog, const Video& video) const {
        auto told = DeskView(catalog, services_).describe(video);
        told["version"] = version_of(video);
        told["checklist"] = checklist_json(catalog, services_, video, window_of(catalog, video));
        return told;
    }

    /// Writes the change, the audit log, and the play table: the next request sees it.
    Result<json> put(Catalog& catalog, Video video, json fields, const Who& who) const {
        const auto reason = reason_in(fields);
        fields.erase("reason");
        const bool was_published = video.published;
        const auto before = changeable_fields(video);
        auto after = changed(std::move(video), fields, catalog, services_.zone);
        if (!after)
            return after.error();
        std::vector<catalog::Check> failures;
        if (after->published && !was_published)
            failures = failed(checklist_of(catalog, services_, *after, window_of(catalog, *after)));
        if (const auto may = may_be_published(failures, reason); !may)
            return may.error();
        catalog.transaction([&] {
            catalog.videos.put(*after);
            catalog.audit.append({services_.clock.now(), who.account, who.action, after->id.text(),
                                  before.dump(), changeable_fields(*after).dump()});
            if (!failures.empty())
                catalog.audit.append(override_entry(services_, who.account, after->id, failures, reason));
        });
        if (auto playable = play::playable_video(catalog, after->id))
            services_.play_table.put(std::move(*playable));
        return given(whole(catalog, *after));
    }

    Services& services_;
};

} // namespace

void add_desk_videos(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskVideoApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 128 * 1024};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, 128 * 1024,
                                       http::BodyRule::Length::optional};
    const std::string one = "/api/desk/videos/{id}";
    router.add({get, "/api/desk/videos", secretariat, handler(api, &DeskVideoApi::list)});
    router.add({post, "/api/desk/videos", secretariat, handler(api, &DeskVideoApi::create), body});
    router.add({get, one, secretariat, handler(api, &DeskVideoApi::show)});
    router.add({patch, one, secretariat, handler(api, &DeskVideoApi::update), body});
    router.add({http::Method::remove, one, secretariat, handler(api, &DeskVideoApi::remove)});
    router.add({post, one + "/preview", desk_reader, handler(api, &DeskVideoApi::preview),
                optional_body});
    router.add({post, one + "/retry", secretariat, handler(api, &DeskVideoApi::retry),
                optional_body});
    router.add({get, one + "/source", secretariat, handler(api, &DeskVideoApi::source)});
}

} // namespace server::api
