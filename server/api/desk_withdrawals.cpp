#include "catalog/random_id.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"
#include "server/jobs/downloads.h"
#include "server/jobs/withdrawal_runner.h"
#include "server/play/play_table.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>

namespace server::api {
namespace {

using catalog::Recording;
using catalog::Refusal;
using catalog::Result;
using catalog::Span;
using catalog::VideoId;
using catalog::WithdrawnSpan;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::size_t longest_reason = 3000;
constexpr std::size_t most_withdrawals = 1000;

double seconds(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

/// For the audit log and the desk.
json withdrawn_json(const WithdrawnSpan& withdrawn) {
    return {{"begin_s", seconds(withdrawn.span.begin)},
            {"end_s", seconds(withdrawn.span.end)},
            {"lost", to_text(withdrawn.lost)},
            {"reason", withdrawn.reason}};
}

/// What the desk sends: `begin_s`, `end_s`, in the recording's time.
Result<Span> span_in(const json& body, std::chrono::milliseconds whole) {
    const auto begin = time_in(body, "begin_s");
    const auto end = time_in(body, "end_s");
    if (!begin || !end)
        return refuse(Refusal::invalid, "始まりと終わりの時刻を入力してください。");
    return catalog::checked_withdrawal({*begin, *end}, whole);
}

/// Taking back parts of recordings for good.
class DeskWithdrawalApi {
  public:
    explicit DeskWithdrawalApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request& request, const Caller&) const {
        auto look = [this, id = id_in<VideoId>(request)](Catalog& catalog) -> Result<json> {
            const auto recording = recording_of(catalog, id);
            if (!recording)
                return recording.error();
            return given(described(catalog, recording->id));
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)), Status::ok);
    }

    /// What would be lost, for the question before it.
    Task<Reply> effect(const Request& request, const Caller&) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto look = [id = id_in<VideoId>(request), body = std::move(*body)](Catalog& catalog) -> Result<json> {
            const auto recording = recording_of(catalog, id);
            const auto span = recording ? span_in(body, *recording->duration) : recording.error();
            if (!span)
                return span.error();
            const auto texts = catalog.withdrawals.texts_in(recording->id, *span);
            auto videos = json::array();
            for (const auto& video : catalog.videos.of_recording(recording->id))
                videos.push_back(video.title);
            return given({{"begin_s", seconds(span->begin)},
                          {"end_s", seconds(span->end)},
                          {"cues", texts.cues},
                          {"chapters", texts.chapters},
                          {"videos", std::move(videos)},
                          {"source", !recording->source.empty()}});
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)), Status::ok);
    }

    Task<Reply> add(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, id = id_in<VideoId>(request), body = std::move(*body),
                       account = caller.viewer.account](Catalog& catalog) {
            return withdraw(catalog, id, body, account);
        };
        auto added = co_await services_.writer.run(std::move(change));
        if (added)
            services_.withdrawals.wake();
        co_return reply_of(added, Status::created);
    }

    Task<Reply> retry(const Request& request, const Caller&) const {
        auto look = [this, id = id_in<VideoId>(request)](Catalog& catalog) -> Result<json> {
            const auto recording = recording_of(catalog, id);
            if (!recording)
                return recording.error();
            services_.withdrawals.wake();
            return given(described(catalog, recording->id));
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)), Status::accepted);
    }

  private:
    static Result<Recording> recording_of(Catalog& catalog, const VideoId& id) {
        const auto video = catalog.videos.find(id);
        if (!video)
            return refuse(Refusal::not_found, "この動画は見つかりません。");
        auto recording = video->recording ? catalog.recordings.find(*video->recording) : std::nullopt;
        if (!recording || !recording->duration || recording->state != Recording::State::ready)
            return refuse(Refusal::conflict, "取り消す部分は、録画の準備が終わってから選べます。");
        return std::move(*recording);
    }

    json described(Catalog& catalog, const catalog::RecordingId& recording) const {
        auto all = json::array();
        for (const auto& each : catalog.withdrawals.of_recording(recording)) {
            auto told = withdrawn_json(each);
            const auto account = catalog.accounts.find(each.by);
            told["id"] = each.id.text();
            told["by"] = account ? json(account->name) : json();
            told["at"] = instant(each.at);
            told["state"] = to_text(each.state);
            all.push_back(std::move(told));
        }
        const auto status = services_.withdrawals.status(recording);
        return {{"withdrawals", std::move(all)},
                {"fraction", status && !status->failure ? json(status->fraction) : json()},
                {"failure", status && status->failure ? json(*status->failure) : json()}};
    }

    Result<json> withdraw(Catalog& catalog, const VideoId& id, const json& body,
                          const catalog::AccountId& account) const {
        const auto recording = recording_of(catalog, id);
        const auto span = recording ? span_in(body, *recording->duration) : recording.error();
        if (!span)
            return span.error();
        const auto lost = catalog::lost_from_text(text_in(body, "lost"));
        if (!lost)
            return refuse(Refusal::invalid, "音だけを消すか、映像と音を消すかを選んでください。");
        const auto reason = text_in(body, "reason");
        if (reason.empty() || reason.size() > longest_reason)
            return refuse(Refusal::invalid, "理由を1文字以上1000文字以内で入力してください。");
        if (catalog.withdrawals.of_recording(recording->id).size() >= most_withdrawals)
            return refuse(Refusal::conflict, "これ以上は取り消せません。");
        const WithdrawnSpan withdrawn{catalog::WithdrawnSpanId(catalog::random_id()), recording->id, *span, *lost,
                                      reason, account, services_.clock.now(), WithdrawnSpan::State::withheld};
        catalog.transaction([&] {
            catalog.withdrawals.add(withdrawn);
            catalog.audit.append({withdrawn.at, account, "video.withdraw", id.text(), {},
                                  withdrawn_json(withdrawn).dump()});
        });
        hide(catalog, *recording);
        return given(described(catalog, recording->id));
    }

    /// From here on nobody is given any of it.
    void hide(Catalog& catalog, const Recording& recording) const {
        services_.play_table.set_withdrawn(recording.id, catalog.withdrawals.of_recording(recording.id));
        for (const auto& video : catalog.videos.of_recording(recording.id))
            if (auto playable = play::playable_video(catalog, video.id))
                services_.play_table.put(std::move(*playable));
        services_.downloads.end(recording.id);
        if (recording.source.empty())
            return;
        std::error_code gone;
        std::filesystem::remove(services_.folder.media() / recording.id.text() / recording.source, gone);
        if (gone)
            spdlog::warn("What was uploaded stays until its folder is made anew: {}", gone.message());
    }

    Services& services_;
};

} // namespace

void add_desk_withdrawals(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskWithdrawalApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 16 * 1024};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, 1024, http::BodyRule::Length::optional};
    const std::string all = "/api/desk/videos/{id}/withdrawals";
    router.add({get, all, secretariat, handler(api, &DeskWithdrawalApi::list)});
    router.add({post, all, secretariat, handler(api, &DeskWithdrawalApi::add), body});
    router.add({post, all + "/effect", secretariat, handler(api, &DeskWithdrawalApi::effect), body});
    router.add({post, all + "/retry", secretariat, handler(api, &DeskWithdrawalApi::retry), optional_body});
}

} // namespace server::api
