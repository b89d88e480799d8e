#include "server/live/live_runner.h"

#include "server/access/random.h"

#include <boost/asio/steady_timer.hpp>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::LiveStream;
using catalog::Refusal;
using catalog::Result;
using catalog::VideoId;
using catalog::store::Catalog;

/// A publisher who sends nothing for so long may be replaced.
constexpr auto stalled = 5s;
constexpr auto patience = 15s;

catalog::Error wrong_key() {
    return refuse(Refusal::wrong_credentials,
                  "配信キーが正しくありません。 / The stream key is not right.");
}

catalog::Error has_ended() {
    return refuse(Refusal::closed, "この配信は終了しました。 / This stream has ended.");
}

catalog::Error is_published() {
    return refuse(Refusal::conflict, "ほかから配信中です。 / Somebody else is publishing this stream.");
}

catalog::Error outside(Refusal kind, catalog::time::UtcTime at) {
    const bool is_early = kind == Refusal::not_yet_open;
    const auto when = catalog::time::format_rfc3339(at);
    return catalog::Error{kind,
                          is_early ? "まだ配信の受付前です。 / Publishing opens at " + when + "."
                                   : "配信の受付は終わりました。 / Publishing closed at " + when + ".",
                          at};
}

} // namespace

/// Keeps a stream's place while a publisher is let in, and gives it back where that fails.
class LiveRunner::Reserved {
  public:
    Reserved(LiveRunner& runner, VideoId video) : runner_(runner), video_(std::move(video)) {
        runner_.slots_[video_];
    }
    Reserved(const Reserved&) = delete;
    Reserved& operator=(const Reserved&) = delete;
    ~Reserved() {
        const auto slot = runner_.slots_.find(video_);
        if (slot != runner_.slots_.end() && !slot->second.publication)
            runner_.slots_.erase(slot);
    }

  private:
    LiveRunner& runner_;
    VideoId video_;
};

net::Task<Result<LiveRunner::Entry>> LiveRunner::entry_of(std::string key) {
    auto look = [hash = access::token_hash(key)](Catalog& catalog) -> Result<Entry> {
        const auto stream = catalog.live.find_by_key(hash);
        const auto video = stream ? catalog.videos.find(stream->video) : std::nullopt;
        if (!video)
            return wrong_key();
        return Entry{*video, *stream};
    };
    co_return co_await parts_.readers.run(std::move(look));
}

Result<void> LiveRunner::judge(const Entry& entry) const {
    if (entry.stream.state == LiveStream::State::ended)
        return has_ended();
    const auto& live = parts_.settings.live;
    const auto window = ingest_window(entry.video.live.value_or(catalog::LivePlan()),
                                      {live.ingest_before, live.ingest_after});
    const auto now = parts_.clock.now();
    if (window.opens && now < *window.opens)
        return outside(Refusal::not_yet_open, *window.opens);
    if (window.closes && now >= *window.closes)
        return outside(Refusal::closed, *window.closes);
    return {};
}

bool LiveRunner::is_taken(const VideoId& video) const {
    const auto slot = slots_.find(video);
    if (slot == slots_.end())
        return false;
    const auto& publication = slot->second.publication;
    return !publication || std::chrono::steady_clock::now() - publication->last_heard() < stalled;
}

net::Task<Result<VideoId>> LiveRunner::examine(std::string key) {
    const auto entry = co_await entry_of(std::move(key));
    if (!entry)
        co_return entry.error();
    if (const auto judged = judge(*entry); !judged)
        co_return judged.error();
    if (is_taken(entry->video.id))
        co_return is_published();
    co_return entry->video.id;
}

net::Task<Result<void>> LiveRunner::take_over(VideoId video) {
    asio::steady_timer pause(executor_);
    const auto give_up = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (is_taken(video) || std::chrono::steady_clock::now() > give_up)
            co_return is_published();
        const auto slot = slots_.find(video);
        if (slot == slots_.end())
            co_return Result<void>();
        slot->second.publication->cut();
        pause.expires_after(50ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

net::Task<Result<std::shared_ptr<Publication>>> LiveRunner::admit(Asking asking) {
    const auto video = co_await examine(asking.key);
    if (!video)
        co_return video.error();
    if (const auto free = co_await take_over(*video); !free)
        co_return free.error();
    const Reserved reserved(*this, *video);
    const auto recording = co_await begin(*video);
    auto& slot = slots_[*video];
    slot.recording = recording;
    slot.publication = publication_for(*video, recording, asking);
    gone_since_.erase(*video);
    tasks_->spawn("a live stream", serve(*video, slot.publication));
    co_return slot.publication;
}

} // namespace server::live
