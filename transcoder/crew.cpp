#include "transcoder/crew.h"

#include "transcoder/stages/pass_packets.h"

#include <algorithm>
#include <utility>

namespace transcoder {

Crew::Crew(const av::SourceFile& file, const plan::Plan& plan,
           std::vector<stages::FragmentSink*> sinks, First first, unsigned threads)
    : file_(file), plan_(plan), sinks_(std::move(sinks)), ending_(file, plan), next_(first.chunk), next_sound_(first.sound),
      end_(plan.grid.end()),
      working_(plan.source.access == plan::SourceFacts::Access::in_order ? 1 : threads) {
    for (std::size_t i = working_; i > 0; --i) {
        const auto begins = threads_.empty() ? Begins::with_passing : Begins::with_chunks;
        threads_.emplace_back([this, begins](const std::stop_token& stop) { work(stop, begins); });
    }
}

Crew::~Crew() {
    for (auto& thread : threads_)
        thread.request_stop();
}

void Crew::work(const std::stop_token& stop, Begins begins) {
    std::exception_ptr failure;
    try {
        if (begins == Begins::with_passing)
            pass(stop);
        make_chunks(stop);
    } catch (const stages::Stopped&) {
        // Asked for.
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (failure && !failure_)
        failure_ = failure;
    --working_;
    changed_.notify_all();
}

void Crew::pass(const std::stop_token& stop) const {
    if (plan_.picture_passes())
        stages::pass_packets(file_, plan_, *sinks_[plan_.rungs.size() - 1],
                             plan_.sound_passes() ? sinks_.back() : nullptr, stop);
}

void Crew::make_chunks(const std::stop_token& stop) {
    stages::ChunkMaker maker(file_, plan_, ending_, sinks_);
    const auto on_frames = [this](std::int64_t frames) {
        const std::lock_guard lock(mutex_);
        made_ += frames;
    };
    while (const auto task = next_task(stop))
        done(*task, maker.make(task->part, task->chunk, stop, on_frames));
}

std::optional<Crew::Task> Crew::next_task(const std::stop_token& stop) {
    using Part = stages::ChunkMaker::Part;
    std::unique_lock lock(mutex_);
    const bool sound_first = plan_.sound_goes_first();
    if (sound_first && !failure_ && !stop.stop_requested() &&
        plan_.grid.chunk_begin(next_sound_) < plan_.grid.end())
        return Task{Part::sound, next_sound_++};
    // What is made before its turn waits in memory: nobody runs far ahead of the slowest. Whether
    // anything lies behind the end that was promised is known to who has made what lies before it.
    const auto ahead = static_cast<int>(2 * threads_.size());
    changed_.wait(lock, stop, [&] {
        return failure_ || is_behind_end() || in_hand_.empty() ||
               (next_ - *in_hand_.begin() <= ahead && !is_behind_promise());
    });
    if (stop.stop_requested() || failure_ || is_behind_end())
        return std::nullopt;
    in_hand_.insert(next_);
    return Task{sound_first ? Part::pictures : Part::all, next_++};
}

bool Crew::is_behind_end() const { return end_ && plan_.grid.chunk_begin(next_) >= *end_; }

bool Crew::is_behind_promise() const {
    const auto promised = plan_.promised_frames();
    return promised && plan_.grid.chunk_begin(next_) >= *promised;
}

void Crew::done(const Task& task, const stages::ChunkMaker::Made& made) {
    const std::lock_guard lock(mutex_);
    if (task.part == stages::ChunkMaker::Part::sound) {
        sound_made_ +=
            plan_.grid.chunk_begin(task.chunk + 1) - plan_.grid.chunk_begin(task.chunk);
        return;
    }
    in_hand_.erase(task.chunk);
    lost_ += made.lost;
    if (made.end)
        end_ = made.end;
    changed_.notify_all();
}

Crew::State Crew::wait(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, longest, [this] { return failure_ || working_ == 0; });
    if (failure_)
        std::rethrow_exception(failure_);
    return working_ == 0 ? State::done : State::working;
}

std::int64_t made_with_sound(std::int64_t pictures, std::int64_t sound) {
    constexpr int costs_more = 9;
    return (costs_more * pictures + sound) / (costs_more + 1);
}

std::int64_t Crew::frames_made() const {
    const std::lock_guard lock(mutex_);
    return plan_.sound_goes_first() ? made_with_sound(made_, sound_made_) : made_;
}

std::int64_t Crew::frames_lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

std::optional<std::int64_t> Crew::end() const {
    const std::lock_guard lock(mutex_);
    return end_;
}

} // namespace transcoder
