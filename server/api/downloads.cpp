#include "catalog/admission.h"
#include "server/access/grant.h"
#include "server/api/handler.h"
#include "server/api/routes.h"
#include "server/jobs/downloads.h"
#include "server/play/download_file.h"
#include "server/play/play.h"
#include "server/play/play_table.h"

#include <algorithm>

namespace server::api {
namespace {

using catalog::Recording;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using jobs::Downloads;
using nlohmann::json;

/// What the file will hold: the largest picture and the sound.
std::uint64_t bytes_of(const play::RecordingMedia& media) {
    std::uint64_t picture = 0;
    std::uint64_t sound = 0;
    for (const auto& rendition : media.renditions) {
        auto& most = rendition.name.starts_with('a') ? sound : picture;
        most = std::max(most, rendition.file->size());
    }
    return picture + sound;
}

/// Taking a video along as a file.
class DownloadApi {
  public:
    explicit DownloadApi(Services& services) : services_(services) {}

    /// Gives the address of the file, or begins to make it.
    Task<Reply> ask(const Request& request, const Caller& caller) const {
        const VideoId id{std::string(request.parameter("id"))};
        const auto entry = services_.play_table.find(id.text());
        if (!entry)
            co_return http::refusal(refuse(Refusal::not_found, "この動画は見つかりません。"));
        if (const auto admitted = admit(entry->offering, caller.viewer, services_.clock.now());
            !admitted)
            co_return http::refusal(admitted.error());
        if (entry->download_name.empty())
            co_return http::refusal(
                refuse(Refusal::forbidden, "この動画は、ダウンロードできません。"));
        auto look = [this, entry](Catalog& catalog) { return state_of(catalog, *entry); };
        const auto state = co_await services_.readers.run(std::move(look));
        if (!state)
            co_return http::refusal(state.error());
        const auto* ready = std::get_if<Downloads::Ready>(&*state);
        if (ready == nullptr) {
            const json answer{{"state", "making"}};
            co_return http::json(Status::accepted, answer);
        }
        const auto session = caller.session.empty() ? access::random_session_tag()
                                                    : access::session_tag(caller.session);
        const auto grant = services_.play.grant_for(id, entry->offering.window, session);
        const json answer{{"state", "ready"},
                          {"url", services_.settings.playback.media_base_url + "/play/" +
                                      services_.keys.sign(grant) + "/" + id.text() + "/" +
                                      std::string(play::download_address)},
                          {"file_name", entry->download_name},
                          {"bytes", ready->bytes}};
        co_return http::json(Status::ok, answer);
    }

  private:
    Result<Downloads::State> state_of(Catalog& catalog, const play::VideoEntry& entry) const {
        const auto recording =
            entry.recording ? catalog.recordings.find(*entry.recording) : std::nullopt;
        if (!recording || recording->state != Recording::State::ready || !entry.media)
            return refuse(Refusal::not_ready,
                          "動画の変換が終わると、ダウンロードできるようになります。");
        if (entry.whole && entry.whole->is_withheld_in_part)
            return refuse(Refusal::not_ready, "取り消された部分を除いたファイルを作っています。しばらくしてから、もう一度お試しください。");
        return services_.downloads.ask({recording->id, entry.clip, bytes_of(*entry.media)});
    }

    Services& services_;
};

} // namespace

void add_downloads(http::Router& router, Services& services) {
    const DownloadApi api(services);
    constexpr std::uint64_t largest_body = 1024;
    router.add({http::Method::post, "/api/videos/{id}/download", http::Access::anyone,
                handler(api, &DownloadApi::ask),
                {http::BodyRule::Kind::json, largest_body, http::BodyRule::Length::optional}});
}

} // namespace server::api
