#include "server/live/live_runner.h"

#include "catalog/random_id.h"
#include "server/access/random.h"
#include "server/live/stream_changes.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <spdlog/spdlog.h>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::LiveStream;
using catalog::Recording;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::store::Catalog;

constexpr auto between_looks = 1s;
/// A beat lands every second.
constexpr auto longest_stillness = 6s;

} // namespace

void LiveRunner::recover(Catalog& catalog) {
    const auto now = parts_.clock.now();
    const auto steady_now = std::chrono::steady_clock::now();
    for (const auto& stream : catalog.live.all()) {
        if (!stream.recording)
            continue;
        if (stream.state == LiveStream::State::ended) {
            const auto recording = catalog.recordings.find(*stream.recording);
            if (recording && recording->state == Recording::State::live)
                left_unfinished_.insert(stream.video);
            continue;
        }
        // Where the server was killed, nobody noted when the publisher was last there: it is now.
        const auto gone = stream.state == LiveStream::State::live ? now : stream.heard.value_or(now);
        catalog.live.interrupt(stream.video, now);
        gone_since_[stream.video] = steady_now - std::max(now - gone, 0ms);
        parts_.play_table.begin_live(*stream.recording);
    }
}

void LiveRunner::start(asio::any_io_executor executor, net::TaskGroup& tasks) {
    executor_ = std::move(executor);
    tasks_ = &tasks;
    tasks.spawn("live streams", watch());
    for (const auto& video : left_unfinished_)
        finish(video);
}

catalog::LiveStream as_seen(catalog::LiveStream stream, const std::optional<LiveStatus>& status) {
    const bool is_still = status && status->moved &&
                          std::chrono::steady_clock::now() - *status->moved > longest_stillness;
    if (is_still && stream.state == catalog::LiveStream::State::live)
        stream.state = catalog::LiveStream::State::interrupted;
    return stream;
}

std::optional<LiveStatus> LiveRunner::status(const VideoId& video) const {
    const std::lock_guard lock(mutex_);
    const auto found = statuses_.find(video);
    return found == statuses_.end() ? std::nullopt : std::optional(found->second);
}

void LiveRunner::abandon(const RecordingId& recording) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = endings_.find(recording); found != endings_.end())
            found->second->kill();
    }
    asio::post(executor_, [this, recording] {
        for (const auto& [video, slot] : slots_)
            if (slot.recording == recording && slot.publication)
                slot.publication->abandon();
    });
}

net::Task<RecordingId> LiveRunner::begin(VideoId video) {
    auto write = [this, video](Catalog& catalog) {
        const auto now = parts_.clock.now();
        const auto stream = catalog.live.find(video);
        auto recording = stream ? stream->recording : std::nullopt;
        catalog.transaction([&] {
            if (!recording) {
                Recording made;
                made.id = RecordingId(catalog::random_id());
                made.file_name = video.text();
                made.state = Recording::State::live;
                made.received = now;
                std::filesystem::create_directory(parts_.folder.media() / made.id.text());
                catalog.recordings.add(made);
                catalog.videos.set_recording(video, made.id);
                recording = made.id;
            }
            catalog.live.begin(video, *recording, now);
        });
        if (auto playable = play::playable_video(catalog, video))
            parts_.play_table.put(std::move(*playable));
        return *recording;
    };
    co_return co_await parts_.writer.run(std::move(write));
}

std::shared_ptr<Publication> LiveRunner::publication_for(const VideoId& video,
                                                         const RecordingId& recording,
                                                         const Asking& asking) {
    Publication::Plan plan{.program = jobs::program_of(parts_.settings.transcoding),
                           .folder = parts_.folder.media() / recording.text(),
                           .language = parts_.settings.site.language,
                           .threads = parts_.settings.live.threads,
                           .container = asking.container};
    Publication::Listener listener;
    listener.heard = [this, video, recording](const jobs::Event& event) {
        return heard(video, recording, event);
    };
    listener.warned = [this, video](const std::string& sentence) {
        const std::lock_guard lock(mutex_);
        statuses_[video].warning = sentence;
    };
    listener.cut = asking.cut;
    {
        const std::lock_guard lock(mutex_);
        auto& status = statuses_[video];
        status.protocol = asking.protocol;
        status.since = parts_.clock.now();
        status.is_published = true;
        status.publisher.reset();
        status.moved.reset();
    }
    return std::make_shared<Publication>(std::move(plan), std::move(listener), parts_.clock,
                                         threads_, executor_);
}

net::Task<> LiveRunner::serve(VideoId video, std::shared_ptr<Publication> publication) {
    spdlog::info("{} is being published.", video.text());
    try {
        co_await publication->run();
    } catch (const std::exception& broken) {
        spdlog::error("What is published to {} was left: {}", video.text(), broken.what());
        publication->cut();
    }
    slots_.erase(video);
    gone_since_[video] = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(mutex_);
        statuses_[video].is_published = false;
    }
    auto write = [this, video](Catalog& catalog) {
        catalog.live.interrupt(video, parts_.clock.now());
    };
    co_await parts_.writer.run(std::move(write));
    spdlog::info("The publisher of {} is gone.", video.text());
}

net::Task<> LiveRunner::heard(VideoId video, RecordingId recording, const jobs::Event& event) {
    const auto* begun = std::get_if<jobs::LiveBegun>(&event);
    const auto* beat = std::get_if<jobs::BeatLanded>(&event);
    {
        const std::lock_guard lock(mutex_);
        auto& status = statuses_[video];
        if (begun)
            status.renditions = begun->renditions;
        if (beat) {
            status.media = beat->media;
            status.moved = std::chrono::steady_clock::now();
            status.warning.clear();
        }
        if (const auto* seen = std::get_if<jobs::PublisherSeen>(&event))
            status.publisher = *seen;
        if (const auto* dropped = std::get_if<jobs::RungDropped>(&event))
            status.dropped.push_back(dropped->rendition);
    }
    if (!begun && !beat)
        co_return;
    auto show = [this, recording, is_begun = begun != nullptr] {
        if (is_begun)
            parts_.play_table.begin_live(recording);
        else
            parts_.play_table.grew(recording);
    };
    co_await net::offload(threads_, std::move(show));
}

net::Task<> LiveRunner::watch() {
    asio::steady_timer timer(executor_);
    for (;;) {
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::use_awaitable);
        const auto now = std::chrono::steady_clock::now();
        for (auto each = gone_since_.begin(); each != gone_since_.end();) {
            const bool is_over = now - each->second > parts_.settings.live.gone;
            if (is_over)
                tasks_->spawn("ending a stream", end_gone(each->first));
            each = is_over ? gone_since_.erase(each) : std::next(each);
        }
    }
}

net::Task<> LiveRunner::end_gone(VideoId video) {
    auto write = [this, video](Catalog& catalog) {
        return end_stream(catalog, video, {parts_.clock.now(), {}}).has_value();
    };
    if (co_await parts_.writer.run(std::move(write)))
        finish(video);
}

} // namespace server::live
