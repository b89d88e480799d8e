#include "server/jobs/transcoding.h"

#include "server/net/deadline.h"

#include <boost/asio/read_until.hpp>

#include <stdexcept>

#include <unistd.h>

namespace server::jobs {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;

constexpr auto lock_patience = 20s;
constexpr auto time_to_end = 5s;

/// The line fits into a pipe at once, so writing it waits for nobody.
void write_line(const Descriptor& pipe, const std::string& line) {
    if (::write(pipe.number(), line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        throw std::runtime_error("the transcoder does not take its job");
}

/// Nothing in `how`: the end of the process will tell.
Transcoding::Died died_of(std::string how) { return {std::move(how), Transcoding::Died::Killed::no}; }

bool is_last(const Event& event) {
    return std::holds_alternative<Finished>(event) || std::holds_alternative<Paged>(event) ||
           std::holds_alternative<Failed>(event);
}

Transcoding::Outcome outcome_of(Event last) {
    if (auto* finished = std::get_if<Finished>(&last))
        return *finished;
    if (std::holds_alternative<Paged>(last))
        return Paged{};
    return std::get<Failed>(std::move(last));
}

} // namespace

std::filesystem::path program_of(const Settings::Transcoding& settings) {
    if (!settings.program.empty())
        return settings.program;
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "kiroku-transcoder";
}

Transcoding::Transcoding(Plan plan, net::Pool& starter)
    : plan_(std::move(plan)), starter_(starter) {}

void Transcoding::kill() {
    const std::lock_guard lock(mutex_);
    if (child_)
        child_->kill();
}

net::Task<Descriptor> Transcoding::locked_folder() {
    asio::steady_timer pause(co_await asio::this_coro::executor);
    const auto give_up = std::chrono::steady_clock::now() + lock_patience;
    for (;;) {
        if (auto folder = lock_folder(plan_.folder))
            co_return folder;
        if (std::chrono::steady_clock::now() > give_up)
            throw std::runtime_error("another transcoder still works on " +
                                     plan_.folder.filename().string());
        pause.expires_after(50ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

void Transcoding::start(const Descriptor& folder) {
    auto child = std::make_unique<Child>(plan_.program, std::vector{plan_.option}, folder, plan_.niceness);
    write_line(child->input, plan_.task + '\n');
    const std::lock_guard lock(mutex_);
    child_ = std::move(child);
}

net::Task<Transcoding::Outcome> Transcoding::run(Listener listener) {
    const auto folder = co_await locked_folder();
    auto begin = [this, &folder] { start(folder); };
    co_await net::offload(starter_, std::move(begin));
    if (listener.begun)
        listener.begun(std::move(child_->input));
    auto outcome = co_await follow(listener);
    auto* died = std::get_if<Died>(&outcome);
    const bool we_end_it = died && !died->how.empty();
    if (we_end_it)
        kill();
    auto end = co_await ended();
    if (died && !we_end_it)
        *died = std::move(end);
    co_return outcome;
}

net::Task<Transcoding::Outcome> Transcoding::follow(const Listener& listener) {
    Stream events(co_await asio::this_coro::executor, child_->events.release());
    auto silent_since = std::chrono::steady_clock::now();
    for (;;) {
        const auto heard = co_await net::within(plan_.beat, line(events));
        const auto now = std::chrono::steady_clock::now();
        if (!heard) {
            if (now - silent_since > plan_.stall)
                co_return died_of("it said nothing for too long");
            co_await listener.beat();
            continue;
        }
        if (!*heard)
            co_return died_of({});
        silent_since = now;
        auto event = read_event(**heard);
        if (!event)
            co_return died_of("it told what is no event: " + event.error().message);
        if (!*event)
            continue;
        if (is_last(**event))
            co_return outcome_of(std::move(**event));
        co_await listener.heard(**event);
    }
}

net::Task<std::optional<std::string>> Transcoding::line(Stream& events) {
    auto buffer = asio::dynamic_buffer(unread_, longest_event_line);
    const auto [error, size] = co_await asio::async_read_until(events, buffer, '\n', net::outcome);
    if (error)
        co_return std::nullopt;
    auto text = unread_.substr(0, size - 1);
    unread_.erase(0, size);
    co_return text;
}

net::Task<Transcoding::Died> Transcoding::ended() {
    // It has said its last word: it ends by itself at once, or is made to.
    Stream process(co_await asio::this_coro::executor, ::dup(child_->ended().number()));
    child_->input = {};
    const auto wait = [&process]() -> net::Task<bool> {
        co_await process.async_wait(Stream::wait_read, net::outcome);
        co_return true;
    };
    const auto by_itself = co_await net::within(time_to_end, wait());
    if (!by_itself)
        child_->kill();
    auto reap = [this] {
        const std::lock_guard lock(mutex_);
        auto how = child_->reap();
        child_.reset();
        return how;
    };
    auto how = co_await net::offload(starter_, std::move(reap));
    Died died;
    died.how = std::move(how);
    if (by_itself && died.how == "signal 9")
        died.killed = Died::Killed::yes;
    co_return died;
}

} // namespace server::jobs
