#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/chunk_maker.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace transcoder {

/// Threads that make chunks side by side, each one chunk at a time, in the order of the recording.
/// What is handed on as it is, the first of them hands on before.
/// A source that can be read in order only has one of them.
class Crew {
  public:
    /// The chunks to begin with.
    struct First {
        int chunk = 0;
        int sound = 0;   ///< of sound that goes first
    };
    /// Borrows all.
    Crew(const av::SourceFile& file, const plan::Plan& plan,
         std::vector<stages::FragmentSink*> sinks, First first, unsigned threads);
    /// Stops what still works.
    ~Crew();

    enum class State { working, done };
    /// Waits for the work's end, but not longer than `longest`. Throws what stopped a thread.
    State wait(std::chrono::milliseconds longest);

    /// Frames of the grid made so far, by this run.
    std::int64_t frames_made() const;
    /// Of the source, unreadable.
    std::int64_t frames_lost() const;
    /// The recording's length in frames; none before its end was reached.
    std::optional<std::int64_t> end() const;

  private:
    enum class Begins { with_passing, with_chunks };
    void work(const std::stop_token& stop, Begins begins);
    void pass(const std::stop_token& stop) const;
    void make_chunks(const std::stop_token& stop);
    struct Task {
        stages::ChunkMaker::Part part = stages::ChunkMaker::Part::all;
        int chunk = 0;
    };
    std::optional<Task> next_task(const std::stop_token& stop);
    /// Whether there is no further chunk.
    bool is_behind_end() const;
    bool is_behind_promise() const;
    void done(const Task& task, const stages::ChunkMaker::Made& made);

    const av::SourceFile& file_;
    const plan::Plan& plan_;
    const std::vector<stages::FragmentSink*> sinks_;
    stages::Ending ending_;

    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    int next_;
    int next_sound_;                        ///< of sound that goes first
    std::set<int> in_hand_;                 ///< chunks being made
    std::optional<std::int64_t> end_;
    std::int64_t made_ = 0;
    std::int64_t sound_made_ = 0;           ///< of sound that goes first
    std::int64_t lost_ = 0;
    std::exception_ptr failure_;
    std::size_t working_;
    std::vector<std::jthread> threads_;     ///< last: they use all above
};

/// How many whole frames so many frames' pictures and so much sound are worth, where the sound goes
/// first: it costs a tenth.
std::int64_t made_with_sound(std::int64_t pictures, std::int64_t sound);

} // namespace transcoder
