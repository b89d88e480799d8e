#pragma once

#include "catalog/time/utc_time.h"

namespace catalog::time {

/// The wall clock. Handed in wherever a window is asked about; timeouts use steady_clock.
/// May be read by any thread.
class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    virtual UtcTime now() const = 0;
};

class SystemClock final : public Clock {
  public:
    UtcTime now() const override;
};

/// A wall clock that stood at `start` when it was made, and runs on from there.
/// It follows the steady clock, so that setting the machine's clock does not move it.
class ShiftedClock final : public Clock {
  public:
    explicit ShiftedClock(UtcTime start);
    UtcTime now() const override;

  private:
    UtcTime start_;
    std::chrono::steady_clock::time_point made_;
};

} // namespace catalog::time
