#include "server/live/live_runner.h"
#include "server/live/stream_changes.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::store::Catalog;
using jobs::Transcoding;

constexpr int attempts = 3;
constexpr auto between_attempts = 2s;
/// Pictures and stills of a long session take their time.
constexpr auto silence = 10min;

} // namespace

void LiveRunner::finish(const VideoId& video) {
    asio::post(executor_, [this, video] {
        gone_since_.erase(video);
        if (finishing_.insert(video).second)
            tasks_->spawn("the archive of a stream", make_archive(video));
    });
}

net::Task<> LiveRunner::wait_until_free(VideoId video) {
    asio::steady_timer pause(executor_);
    while (slots_.contains(video)) {
        if (const auto& publication = slots_.at(video).publication)
            publication->cut();
        pause.expires_after(20ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
    gone_since_.erase(video);
}

net::Task<> LiveRunner::make_archive(VideoId video) {
    co_await wait_until_free(video);
    auto look = [video](Catalog& catalog) {
        const auto stream = catalog.live.find(video);
        return stream ? stream->recording : std::nullopt;
    };
    const auto recording = co_await parts_.readers.run(std::move(look));
    asio::steady_timer pause(executor_);
    for (int attempt = 1; recording && attempt <= attempts; ++attempt) {
        const auto outcome = co_await run_ending(video, *recording);
        const bool is_last = attempt == attempts || !std::holds_alternative<Transcoding::Died>(outcome);
        if (is_last) {
            co_await settle(*recording, outcome);
            break;
        }
        pause.expires_after(between_attempts);
        co_await pause.async_wait(asio::use_awaitable);
    }
    finishing_.erase(video);
}

net::Task<Transcoding::Outcome> LiveRunner::run_ending(VideoId video, RecordingId recording) {
    const auto folder = parts_.folder.media() / recording.text();
    const nlohmann::json task{{"folder", folder.string()}, {"end", true}};
    Transcoding transcoding({.program = jobs::program_of(parts_.settings.transcoding),
                             .folder = folder,
                             .option = "--live",
                             .task = task.dump(),
                             .niceness = 0,
                             .stall = silence,
                             .beat = 10s},
                            threads_);
    {
        const std::lock_guard lock(mutex_);
        endings_[recording] = &transcoding;
    }
    Transcoding::Listener listener;
    listener.heard = [this, video, recording](const jobs::Event& event) -> net::Task<> {
        if (std::holds_alternative<jobs::LiveEnded>(event))
            co_await show_archive(video, recording);
    };
    listener.beat = []() -> net::Task<> { co_return; };
    Transcoding::Outcome outcome;
    try {
        outcome = co_await transcoding.run(std::move(listener));
    } catch (const std::exception& broken) {
        outcome = Transcoding::Died{broken.what()};
    }
    const std::lock_guard lock(mutex_);
    endings_.erase(recording);
    co_return outcome;
}

/// It is the archive from this moment on, at the same address.
net::Task<> LiveRunner::show_archive(VideoId video, RecordingId recording) {
    auto write = [this, video, recording](Catalog& catalog) {
        catalog.transaction([&] { become_archive(catalog, video); });
        parts_.play_table.update_recording(recording);
        if (auto playable = play::playable_video(catalog, video))
            parts_.play_table.put(std::move(*playable));
    };
    co_await parts_.writer.run(std::move(write));
}

net::Task<> LiveRunner::settle(RecordingId recording, Transcoding::Outcome outcome) {
    auto write = [this, recording, &outcome](Catalog& catalog) {
        if (const auto* finished = std::get_if<jobs::Finished>(&outcome)) {
            catalog.recordings.finish(recording, finished->duration, finished->lost);
        } else if (const auto* failed = std::get_if<jobs::Failed>(&outcome)) {
            catalog.recordings.fail(recording, failed->kind, failed->message);
        } else {
            spdlog::error("The archive of a live stream could not be finished: {}",
                          std::get<Transcoding::Died>(outcome).how);
            catalog.recordings.fail(recording, "internal", "配信の記録を仕上げられませんでした。");
        }
        parts_.play_table.update_recording(recording);
    };
    co_await parts_.writer.run(std::move(write));
}

} // namespace server::live
