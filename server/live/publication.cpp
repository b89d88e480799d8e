#include "server/live/publication.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/write.hpp>

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;

constexpr std::size_t most_waiting_bytes = 4 << 20;
constexpr int most_failures_after_the_end = 3;
constexpr auto longest_pause = 10s;
constexpr auto silence_of_a_transcoder = 60s;
constexpr auto between_looks = 5s;

std::size_t size_of(const Piece& piece) {
    if (const auto* tag = std::get_if<rtmp::Tag>(&piece))
        return tag->body.size();
    return std::get<std::string>(piece).size();
}

std::string_view name_of(Publication::Container container) {
    return container == Publication::Container::flv ? "flv" : "mpegts";
}

} // namespace

Publication::Publication(Plan plan, Listener listener, const catalog::time::Clock& clock,
                         net::Pool& starter, asio::any_io_executor executor)
    : plan_(std::move(plan)), listener_(std::move(listener)), clock_(clock), starter_(starter),
      executor_(std::move(executor)), bell_(executor_),
      last_heard_(std::chrono::steady_clock::now()) {
    bell_.expires_at(std::chrono::steady_clock::time_point::max());
}

net::Task<> Publication::changed() { co_await bell_.async_wait(net::outcome); }

net::Task<bool> Publication::take(Piece piece) {
    last_heard_ = std::chrono::steady_clock::now();
    while (waiting_bytes_ >= most_waiting_bytes && !closed_)
        co_await changed();
    if (closed_)
        co_return false;
    last_heard_ = std::chrono::steady_clock::now();
    waiting_bytes_ += size_of(piece);
    waiting_.push_back(std::move(piece));
    ring();
    co_return true;
}

void Publication::close() {
    closed_ = true;
    ring();
}

void Publication::cut() {
    listener_.cut();
    close();
}

void Publication::abandon() {
    waiting_.clear();
    waiting_bytes_ = 0;
    cut();
    if (transcoding_)
        transcoding_->kill();
}

bool Publication::is_over() const {
    return closed_ && (waiting_.empty() || failures_ >= most_failures_after_the_end);
}

net::Task<> Publication::run() {
    while (waiting_.empty() && !closed_)
        co_await changed();
    asio::steady_timer pause(executor_);
    while (!is_over()) {
        got_on_ = false;
        co_await run_once();
        failures_ = got_on_ ? 0 : failures_ + 1;
        if (is_over() || failures_ == 0)
            continue;
        pause.expires_after(std::min<std::chrono::seconds>(1s * (1 << std::min(failures_ - 1, 4)),
                                                           longest_pause));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

net::Task<> Publication::run_once() {
    using namespace asio::experimental::awaitable_operators;
    jobs::Transcoding transcoding({.program = plan_.program,
                                   .folder = plan_.folder,
                                   .option = "--live",
                                   .task = task(),
                                   .niceness = 0,
                                   .stall = silence_of_a_transcoder,
                                   .beat = between_looks},
                                  starter_);
    transcoding_ = &transcoding;
    transcoder_gone_ = false;
    co_await (pump() && follow(transcoding));
    transcoding_ = nullptr;
}

net::Task<> Publication::follow(jobs::Transcoding& transcoding) {
    const auto outcome = co_await outcome_of(transcoding);
    transcoder_gone_ = true;
    ring();
    judge(outcome);
}

net::Task<jobs::Transcoding::Outcome> Publication::outcome_of(jobs::Transcoding& transcoding) {
    jobs::Transcoding::Listener listener;
    listener.begun = [this](Descriptor input) {
        input_.emplace(executor_, input.release());
        ring();
    };
    listener.heard = [this](const jobs::Event& event) {
        got_on_ = got_on_ || std::holds_alternative<jobs::BeatLanded>(event);
        return listener_.heard(event);
    };
    listener.beat = []() -> net::Task<> { co_return; };
    try {
        co_return co_await transcoding.run(std::move(listener));
    } catch (const std::exception& broken) {
        co_return jobs::Transcoding::Died{broken.what()};
    }
}

void Publication::judge(const jobs::Transcoding::Outcome& outcome) {
    if (const auto* failed = std::get_if<jobs::Failed>(&outcome)) {
        listener_.warned(failed->message);
        if (failed->again() == jobs::Failed::Again::will_not) {
            waiting_.clear();
            waiting_bytes_ = 0;
            cut();
        }
        return;
    }
    const auto* died = std::get_if<jobs::Transcoding::Died>(&outcome);
    if (died && !is_over())
        spdlog::warn("The transcoder of a live stream ended early: {}", died->how);
}

std::string Publication::task() const {
    const nlohmann::json told{{"folder", plan_.folder.string()},
                              {"container", name_of(plan_.container)},
                              {"begins_at", catalog::time::format_rfc3339(clock_.now())},
                              {"language", plan_.language},
                              {"threads", plan_.threads}};
    return told.dump();
}

net::Task<> Publication::pump() {
    while (!input_ && !transcoder_gone_)
        co_await changed();
    if (!input_)
        co_return;
    auto input = std::move(*input_);
    input_.reset();
    waits_for_key_frame_ = beginning_.has_video();
    if (plan_.container == Container::flv) {
        const auto* first = waiting_.empty() ? nullptr : std::get_if<rtmp::Tag>(&waiting_.front());
        const auto bytes = beginning_.bytes(first ? first->timestamp : 0);
        co_await asio::async_write(input, asio::buffer(bytes), net::outcome);
    }
    for (;;) {
        const auto bytes = co_await next();
        if (!bytes)
            co_return; // its input ends
        const auto [error, size] = co_await asio::async_write(input, asio::buffer(*bytes), net::outcome);
        if (error)
            co_return; // it is gone, and `follow` hears why
    }
}

net::Task<std::optional<std::string>> Publication::next() {
    for (;;) {
        while (waiting_.empty() && !closed_ && !transcoder_gone_)
            co_await changed();
        if (waiting_.empty() || transcoder_gone_)
            co_return std::nullopt;
        const auto piece = std::move(waiting_.front());
        waiting_.pop_front();
        waiting_bytes_ -= size_of(piece);
        ring();
        if (auto bytes = bytes_of(piece))
            co_return bytes;
    }
}

std::optional<std::string> Publication::bytes_of(const Piece& piece) {
    const auto* tag = std::get_if<rtmp::Tag>(&piece);
    if (!tag)
        return std::get<std::string>(piece);
    beginning_.heard(*tag);
    if (tag->is_key_frame())
        waits_for_key_frame_ = false;
    const bool says_how = tag->type == rtmp::Tag::script || tag->is_sequence_header();
    return waits_for_key_frame_ && !says_how ? std::nullopt : std::optional(to_bytes(*tag));
}

} // namespace server::live
