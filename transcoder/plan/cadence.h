#pragma once

#include "transcoder/plan/grid.h"

#include <cstdint>
#include <vector>

namespace transcoder::plan {

/// Which frames of a grid a rung has whose rate is divided: on an even grid each `divisor`-th; on a
/// listed one each `divisor`-th from a cut on, but none that would be shown for less than its time
/// before the next. They are numbered from the track's beginning.
class Cadence {
  public:
    /// Borrows the grid.
    Cadence(const Grid& grid, int divisor);

    bool has(std::int64_t frame) const;
    /// How many of its frames lie before `frame` of the grid.
    std::int64_t number(std::int64_t frame) const;
    /// When a frame of its own is shown, in the grid's ticks. Those before the first lie one frame
    /// apart before 0.
    std::int64_t ticks(std::int64_t number) const;
    int frame_ticks() const { return grid_.frame_ticks() * divisor_; }
    /// How long it shows a frame at least, as a rate.
    FrameRate rate() const;

  private:
    std::int64_t count_in(std::size_t segment) const;

    const Grid& grid_;
    int divisor_;
    std::vector<std::int64_t> first_numbers_;  ///< of a listed grid's segments, and of its end
};

} // namespace transcoder::plan
