#pragma once

#include "transcoder/live/publisher_watch.h"
#include "transcoder/plan/plan.h"
#include "transcoder/rejection.h"
#include "transcoder/sandbox/layer.h"
#include "transcoder/timed_text/told.h"

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace transcoder {

/// How far a run is.
struct Progress {
    double fraction = 0;                            ///< 0 to 1
    double speed = 0;                               ///< media seconds a second
    std::optional<std::chrono::seconds> remaining;  ///< none while unknown
};

/// What came of a run.
struct Finished {
    /// How loud the source's sound was and what was done about it.
    struct Loudness {
        std::optional<double> integrated_lufs;   ///< none: nothing was to be heard
        double true_peak_dbtp = 0;
        double gain_db = 0;
    };
    std::chrono::microseconds duration{0};
    std::chrono::microseconds lost{0};              ///< of the source, unreadable
    std::vector<std::string> renditions;
    std::optional<Loudness> loudness;               ///< none where there is no sound
    timed_text::Told text;                          ///< what became of the text that it brings
};

/// What a live recording has by now.
struct LiveTold {
    int target_duration = 0;   ///< seconds
    std::chrono::microseconds part_target{0};
    std::vector<std::string> renditions;   ///< in the order of main.m3u8
};

/// A part of every rendition that is there, and in all indexes.
struct PartTold {
    std::size_t number = 0;   ///< of its segment
    std::size_t part = 0;     ///< within that
    enum class Segment { goes_on, is_whole } segment = Segment::goes_on;
    std::chrono::microseconds end{0};   ///< in the recording's time
};

/// Tells what happens, one JSON object a line, each flushed. Any thread.
class Events {
  public:
    explicit Events(std::ostream& out) : out_(out) {}

    void probed(const plan::Plan& plan);
    void contained(const std::vector<sandbox::Standing>& layers);
    void rendition(const std::string& name);
    void segment(const std::string& rendition, std::size_t number,
                 std::chrono::microseconds duration, std::uint64_t bytes);
    void progress(const Progress& progress);
    void finished(const Finished& finished);
    void failed(const Rejection& rejection);
    void live(const LiveTold& live);
    void part(const PartTold& part);
    void publisher(const live::PublisherTold& publisher);
    void rung_dropped(const std::string& rendition, const std::string& why);
    void interrupted(std::chrono::microseconds duration);
    void ended(std::chrono::microseconds duration);
    /// A page of a handout is on the disk; then, when all are.
    void page(int number, int of);
    void paged(int pages);

  private:
    void say(const std::string& line);
    std::mutex mutex_;
    std::ostream& out_;
};

} // namespace transcoder
