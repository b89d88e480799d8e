#include "catalog/random_id.h"
#include "server/api/clip_json.h"
#include "server/api/desk_view.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"
#include "server/play/play_table.h"

namespace server::api {
namespace {

using catalog::Recording;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::size_t longest_title = 600;

/// What the secretariat shows of recordings.
class DeskClipApi {
  public:
    explicit DeskClipApi(Services& services) : services_(services) {}

    Task<Reply> set(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, id = id_in<VideoId>(request), body = std::move(*body),
                       account = caller.viewer.account](Catalog& catalog) {
            return set_clip(catalog, id, body, account);
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::ok);
    }

    Task<Reply> copy(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, id = id_in<VideoId>(request), title = text_in(*body, "title"),
                       account = caller.viewer.account](Catalog& catalog) {
            return copy_video(catalog, id, title, account);
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::created);
    }

  private:
    Result<json> set_clip(Catalog& catalog, const VideoId& id, const json& body,
                          const catalog::AccountId& account) const {
        const auto video = catalog.videos.find(id);
        if (!video)
            return refuse(Refusal::not_found, "この動画は見つかりません。");
        const auto recording =
            video->recording ? catalog.recordings.find(*video->recording) : std::nullopt;
        if (!recording || !recording->duration || recording->state != Recording::State::ready)
            return refuse(Refusal::conflict, "表示する範囲は、録画の準備が終わってから決められます。");
        const auto before = clip_json(*video);
        // What another one has changed meanwhile is not overwritten.
        if (const auto seen = body.find("seen"); seen != body.end() && *seen != before)
            return refuse(Refusal::conflict, "表示する範囲が、ほかの人によって変更されています。画面を"
                                             "読み込み直して確かめてください。");
        const auto asked = clip_in(body, *recording->duration);
        const auto wish = asked ? checked(*asked, *recording->duration) : asked;
        if (!wish)
            return wish.error();
        catalog.transaction([&] {
            catalog.clips.set(id, *wish);
            const auto after = catalog.videos.find(id);
            catalog.audit.append({services_.clock.now(), account, "video.clip", id.text(),
                                  before.dump(), after ? clip_json(*after).dump() : ""});
        });
        return shown(catalog, id);
    }

    Result<json> copy_video(Catalog& catalog, const VideoId& id, const std::string& title,
                            const catalog::AccountId& account) const {
        const auto video = catalog.videos.find(id);
        if (!video)
            return refuse(Refusal::not_found, "この動画は見つかりません。");
        if (!video->recording)
            return refuse(Refusal::conflict, "この動画には、まだ録画がありません。");
        if (title.empty() || title.size() > longest_title)
            return refuse(Refusal::invalid, "題名は1文字以上200文字以内で入力してください。");
        const VideoId made(catalog::random_id());
        catalog.transaction([&] {
            catalog.clips.copy(id, made, title);
            const json after{{"title", title}, {"of", id.text()}};
            catalog.audit.append({services_.clock.now(), account, "video.create", made.text(), {},
                                  after.dump()});
        });
        return shown(catalog, made);
    }

    /// In the play table too: the next request sees it.
    Result<json> shown(Catalog& catalog, const VideoId& id) const {
        if (auto playable = play::playable_video(catalog, id))
            services_.play_table.put(std::move(*playable));
        const auto video = catalog.videos.find(id);
        if (!video)
            return refuse(Refusal::not_found, "この動画は見つかりません。");
        return given(DeskView(catalog, services_).describe(*video));
    }

    Services& services_;
};

} // namespace

void add_desk_clips(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskClipApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 16 * 1024};
    const std::string one = "/api/desk/videos/{id}";
    router.add({post, one + "/clip", secretariat, handler(api, &DeskClipApi::set), body});
    router.add({post, one + "/clips", secretariat, handler(api, &DeskClipApi::copy), body});
}

} // namespace server::api
