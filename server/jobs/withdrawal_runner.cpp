#include "server/jobs/withdrawal_runner.h"

#include "catalog/media/media_folder.h"
#include "server/jobs/remade_folder.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace server::jobs {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::RecordingId;
using catalog::WithdrawnSpan;
using catalog::store::Catalog;

constexpr auto longest_pause = 10min;
constexpr auto idle_pause = 60s;
constexpr const char* could_not_be_made = "取り消した部分を除いたファイルを作れませんでした。";

std::string task_of(const std::filesystem::path& folder, const std::vector<WithdrawnSpan>& withdrawn) {
    auto spans = nlohmann::json::array();
    for (const auto& each : withdrawn)
        if (each.state == WithdrawnSpan::State::withheld)
            spans.push_back({{"begin_ms", each.span.begin.count()},
                             {"end_ms", each.span.end.count()},
                             {"lost", to_text(each.lost)}});
    return nlohmann::json{{"folder", folder.string()}, {"spans", std::move(spans)}}.dump();
}

std::string reason_of(const Transcoding::Outcome& outcome) {
    if (const auto* failed = std::get_if<Failed>(&outcome))
        return failed->message;
    if (const auto* died = std::get_if<Transcoding::Died>(&outcome))
        spdlog::warn("Removing what was withdrawn ended early: {}", died->how);
    return could_not_be_made;
}

} // namespace

void WithdrawalRunner::start(asio::any_io_executor executor, net::TaskGroup& tasks) {
    const std::lock_guard lock(mutex_);
    bell_ = std::make_shared<Bell>(executor);
    tasks.spawn("withdrawn spans", serve(bell_));
}

void WithdrawalRunner::wake() {
    const std::lock_guard lock(mutex_);
    for (auto& [recording, failure] : failures_)
        failure.again = {};
    if (bell_)
        bell_->ring();
}

void WithdrawalRunner::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (at_work_)
        at_work_->kill();
    if (bell_)
        bell_->ring();
}

std::optional<WithdrawalRunner::Status> WithdrawalRunner::status(const RecordingId& recording) const {
    const std::lock_guard lock(mutex_);
    if (at_work_on_ == recording)
        return Status{fraction_, std::nullopt};
    const auto failed = failures_.find(recording);
    return failed != failures_.end() ? std::optional(Status{0, failed->second.why}) : std::nullopt;
}

void WithdrawalRunner::end(const RecordingId& recording) {
    const std::lock_guard lock(mutex_);
    failures_.erase(recording);
    if (at_work_on_ == recording && at_work_)
        at_work_->kill();
}

net::Task<> WithdrawalRunner::serve(std::shared_ptr<Bell> bell) {
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                co_return;
        }
        const auto pause = co_await take_turn();
        if (pause > 0s)
            co_await bell->wait(pause);
    }
}

net::Task<std::vector<WithdrawalRunner::Work>> WithdrawalRunner::to_do() {
    auto look = [](Catalog& catalog) {
        std::vector<Work> all;
        for (const auto& each : catalog.withdrawals.all())
            if (each.state == WithdrawnSpan::State::withheld &&
                std::ranges::find(all, each.recording, &Work::recording) == all.end())
                all.push_back({each.recording, catalog.withdrawals.of_recording(each.recording)});
        return all;
    };
    co_return co_await parts_.writer.run(std::move(look));
}

std::chrono::milliseconds WithdrawalRunner::pause_before(const RecordingId& recording) const {
    const std::lock_guard lock(mutex_);
    const auto failed = failures_.find(recording);
    const auto left = failed == failures_.end() ? std::chrono::steady_clock::duration(0)
                                                : failed->second.again - std::chrono::steady_clock::now();
    return std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(left));
}

net::Task<std::chrono::milliseconds> WithdrawalRunner::take_turn() {
    auto shortest = std::chrono::milliseconds(idle_pause);
    try {
        auto waiting = co_await to_do();
        for (auto& work : waiting) {
            const auto pause = pause_before(work.recording);
            if (pause <= 0ms) {
                co_await make(std::move(work));
                co_return 0ms;
            }
            shortest = std::min(shortest, pause);
        }
    } catch (const std::exception& broken) {
        spdlog::error("What was withdrawn is still to be removed: {}", broken.what());
        shortest = 5s;
    }
    co_return shortest;
}

net::Task<> WithdrawalRunner::make(Work work) {
    {
        const std::lock_guard lock(mutex_);
        at_work_on_ = work.recording;
        fraction_ = 0;
    }
    std::string why;
    try {
        const auto outcome = co_await run(work);
        if (std::holds_alternative<Finished>(outcome))
            co_await put_in_place(work);
        else
            why = reason_of(outcome);
    } catch (const std::exception& broken) {
        spdlog::error("What was withdrawn of {} is still to be removed: {}", work.recording.text(), broken.what());
        why = could_not_be_made;
    }
    if (!why.empty()) {
        auto remove = [remade = RemadeFolder(parts_.folder, work.recording)] { remade.remove(); };
        co_await net::offload(threads_, std::move(remove));
    }
    const std::lock_guard lock(mutex_);
    at_work_on_.reset();
    if (why.empty())
        failures_.erase(work.recording);
    else if (!stopping_)
        note_failure(work.recording, why);
}

/// Under the lock.
void WithdrawalRunner::note_failure(const RecordingId& recording, const std::string& why) {
    auto& failure = failures_[recording];
    failure.why = why;
    const auto pause = std::min<std::chrono::milliseconds>(longest_pause, parts_.settings.back_off * (1 << std::min(failure.tries, 10)));
    ++failure.tries;
    failure.again = std::chrono::steady_clock::now() + pause;
}

net::Task<Transcoding::Outcome> WithdrawalRunner::run(const Work& work) {
    const RemadeFolder remade(parts_.folder, work.recording);
    auto begin = [&remade] { remade.begin(); };
    co_await net::offload(threads_, std::move(begin));
    Transcoding transcoding({.program = program_of(parts_.settings),
                             .folder = remade.path(),
                             .option = "--withdraw",
                             .task = task_of(remade.path(), work.withdrawn),
                             .niceness = parts_.settings.niceness,
                             .stall = parts_.settings.stall},
                            threads_);
    {
        const std::lock_guard lock(mutex_);
        at_work_ = &transcoding;
    }
    Transcoding::Listener listener;
    listener.heard = [this](const Event& event) -> net::Task<> {
        const std::lock_guard lock(mutex_);
        if (const auto* progress = std::get_if<Progress>(&event))
            fraction_ = progress->fraction;
        co_return;
    };
    listener.beat = []() -> net::Task<> { co_return; };
    Transcoding::Outcome outcome;
    try {
        outcome = co_await transcoding.run(std::move(listener));
    } catch (const std::exception& broken) {
        outcome = Transcoding::Died{broken.what()};
    }
    const std::lock_guard lock(mutex_);
    at_work_ = nullptr;
    co_return outcome;
}

net::Task<> WithdrawalRunner::put_in_place(const Work& work) {
    const RemadeFolder remade(parts_.folder, work.recording);
    auto check = [&remade] { return catalog::media::check_media_folder(remade.path()); };
    const auto broken = co_await net::offload(threads_, std::move(check));
    if (!broken.empty())
        throw std::runtime_error("what was made is not whole: " + broken.front());
    auto place = [this, &work, &remade](Catalog& catalog) {
        if (!catalog.recordings.find(work.recording)) {
            remade.remove();
            return;
        }
        auto withdrawn = work.withdrawn;
        std::vector<catalog::WithdrawnSpanId> ids;
        for (const auto& each : withdrawn)
            ids.push_back(each.id);
        remade.take_place(withdrawn);
        catalog.withdrawals.set_removed(ids);
        parts_.downloads.end(work.recording);
        parts_.play_table.set_withdrawn(work.recording, catalog.withdrawals.of_recording(work.recording));
    };
    co_await parts_.writer.run(std::move(place));
}

} // namespace server::jobs
