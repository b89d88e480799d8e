#pragma once

#include "transcoder/live/ticks.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace transcoder::live {

/// Puts stamps that a container rounded to milliseconds back to where they were meant: so many steps from
/// the one before. What lies further off is taken as it is, and counted on from.
class Steady {
  public:
    /// `step`: between two pictures; none where they do not follow a rate.
    Steady(std::optional<Ticks> step, Ticks from) : step_(step), last_(from) {}

    /// Later than the one before, whatever it says.
    Ticks place(Ticks at) {
        const auto placed = last_ + nearest(at - last_);
        last_ = has_begun_ ? std::max(placed, last_ + 1) : placed;
        has_begun_ = true;
        return last_;
    }
    /// The same of a span.
    Ticks nearest(Ticks span) const {
        if (!step_ || span < 0)
            return span;
        const auto steps = (span + *step_ / 2) / *step_ * *step_;
        return std::abs(steps - span) <= rounded ? steps : span;
    }

  private:
    static constexpr Ticks rounded = second * 12 / 10'000;
    std::optional<Ticks> step_;
    Ticks last_;
    bool has_begun_ = false;
};

} // namespace transcoder::live
