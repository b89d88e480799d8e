#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace transcoder::sandbox {

/// How a process ended that ran apart.
struct Ended {
    enum class How {
        by_itself,        ///< `status`: its exit code
        by_signal,        ///< `status`: the signal, not one of those below
        out_of_time,      ///< by the wall clock
        out_of_processor, ///< SIGXCPU
        forbidden_call,   ///< SIGSYS
        no_longer_wanted, ///< what it worked for was closed
    };
    How how;
    int status = 0;
    friend bool operator==(const Ended&, const Ended&) = default;
};

/// What the starting process watches while the other works.
struct Watch {
    std::chrono::milliseconds wall_clock;
    /// A pipe or socket whose other end's closing means that nobody wants the work any more; or -1.
    int wanted_by = -1;
};

/// Runs `work` in a process of its own, waits for its end, and kills it when the watch says so. It
/// dies with this process, whatever way that ends. Its exit code is what `work` gives; 70 where
/// that throws, said on standard error. To be called while this process has one thread only. Throws
/// std::system_error where no process can be started.
Ended run_apart(const Watch& watch, const std::function<int()>& work);

struct Answer {
    Ended ended;
    std::string text; ///< what came, whole only where it ended by itself with 0
};

/// As `run_apart`, for what `work` gives: it writes to the descriptor that it is handed, the only
/// way out that it needs. One that says more than `longest` bytes is killed, and ended by_signal.
Answer ask_apart(const Watch& watch, std::size_t longest, const std::function<int(int)>& work);

} // namespace transcoder::sandbox
