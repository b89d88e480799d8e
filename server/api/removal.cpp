#include "server/api/removal.h"

#include "server/api/video_changes.h"
#include "server/jobs/downloads.h"
#include "server/jobs/job_runner.h"
#include "server/jobs/withdrawal_runner.h"
#include "server/live/live_runner.h"
#include "server/play/play_table.h"

#include <boost/asio/steady_timer.hpp>

namespace server::api {
namespace {

using namespace std::chrono_literals;
using catalog::Recording;
using catalog::RecordingId;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;

constexpr std::string_view removal = "recording.remove";

/// Rows first: from then on nothing refers to the files. Gives the recording whose files are to go.
Result<std::optional<RecordingId>> remove_rows(Services& services, Catalog& catalog,
                                               const VideoId& id,
                                               const catalog::AccountId& account) {
    const auto video = catalog.videos.find(id);
    if (!video)
        return refuse(Refusal::not_found, "この動画は見つかりません。");
    std::optional<RecordingId> unused;
    catalog.transaction([&] {
        const auto now = services.clock.now();
        if (const auto removed = catalog.videos.remove(id); !removed)
            throw std::runtime_error(removed.error().message);
        catalog.audit.append({now, account, "video.remove", id.text(),
                              changeable_fields(*video).dump(), {}});
        if (video->recording && catalog.recordings.remove(*video->recording)) {
            unused = video->recording;
            catalog.audit.append({now, account, std::string(removal), unused->text(), {}, {}});
        }
    });
    services.play_table.remove(id);
    return unused;
}

/// Files of a recording whose rows are gone; not before its transcoder is.
http::Task<> remove_files(Services& services, RecordingId recording) {
    const auto folder = services.folder.media() / recording.text();
    net::asio::steady_timer pause(co_await net::asio::this_coro::executor);
    const auto give_up = std::chrono::steady_clock::now() + 10s;
    while (std::filesystem::exists(folder)) {
        services.jobs.end(recording);
        services.live.abandon(recording);
        services.withdrawals.end(recording);
        auto remove = [&services, &recording, &folder](Catalog&) {
            services.downloads.end(recording);
            const auto lock = jobs::lock_folder(folder);
            if (lock)
                std::filesystem::remove_all(folder);
        };
        co_await services.writer.run(std::move(remove));
        if (std::chrono::steady_clock::now() > give_up)
            co_return; // the next start removes them
        pause.expires_after(50ms);
        co_await pause.async_wait(net::asio::use_awaitable);
    }
}

} // namespace

http::Task<Result<void>> remove_video(Services& services, VideoId id, catalog::AccountId account) {
    auto remove = [&services, id = std::move(id), account = std::move(account)](Catalog& catalog) {
        return remove_rows(services, catalog, id, account);
    };
    const auto removed = co_await services.writer.run(std::move(remove));
    if (!removed)
        co_return removed.error();
    if (*removed)
        co_await remove_files(services, **removed);
    co_return Result<void>();
}

void finish_removals(Catalog& catalog, const catalog::store::DataFolder& folder) {
    for (const auto& entry : std::filesystem::directory_iterator(folder.media())) {
        const auto name = entry.path().filename().string();
        if (catalog.recordings.find(RecordingId(name)))
            continue;
        for (const auto& note : catalog.audit.of_subject(name))
            if (note.action == removal) {
                std::filesystem::remove_all(entry.path());
                break;
            }
    }
}

} // namespace server::api
