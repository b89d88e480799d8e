#pragma once

#include "catalog/result.h"
#include "catalog/time/zone.h"

#include <optional>

namespace catalog {

using time::UtcTime;

/// When something can be had: `[opens, closes)`, either end open. Nothing stores "closed": it
/// follows from the window and the clock.
struct AvailabilityWindow {
    std::optional<UtcTime> opens;
    std::optional<UtcTime> closes;

    enum class State { upcoming, open, closed };
    State at(UtcTime now) const;
    bool admits(UtcTime now) const { return at(now) == State::open; }

    friend bool operator==(const AvailabilityWindow&, const AvailabilityWindow&) = default;
};

/// Refuses (invalid) a window that closes before it opens, or the instant it does.
Result<AvailabilityWindow> make_window(std::optional<UtcTime> opens, std::optional<UtcTime> closes);

/// Whole days in a zone, both ends included: until 28 December closes at 29 December 00:00.
Result<AvailabilityWindow> make_window(std::optional<time::Date> first_day,
                                       std::optional<time::Date> last_day, const time::Zone& zone);

} // namespace catalog
