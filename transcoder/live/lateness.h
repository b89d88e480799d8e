#pragma once

#include "transcoder/live/ticks.h"

#include <chrono>

namespace transcoder::live {

/// How far encoding is behind what came. Whenever more had to be waited for, it was not behind.
class Lateness {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    /// The recording is at `at`; input was waited for last at `waited`.
    void look(Instant now, Instant waited, Ticks at);
    std::chrono::microseconds late() const { return late_; }
    /// Whether so much is late, and more and more, that less must be made. Told once in a while.
    bool is_too_late(Instant now);

  private:
    Instant waited_{};
    Instant base_{};
    Ticks base_at_ = 0;
    std::chrono::microseconds late_{0};
    std::chrono::microseconds late_before_{0};   ///< when it was asked last
    Instant asked_{};
};

} // namespace transcoder::live
