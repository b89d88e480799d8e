#pragma once

#include "catalog/availability_window.h"
#include "catalog/time/day_off.h"

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace catalog {

/// What becomes of one end of a window, as the secretariat says it. Where no time of day is said, days are whole:
/// one opens with its first minute and closes after its last.
struct KeptEnd {};
struct NoEnd {};
struct EndOnDay {
    time::Date day;
    std::optional<std::chrono::minutes> time_of_day;  ///< 24:00 is the day's end
};
/// So many days after the session (before it, where negative): 会議の2週間後まで, 前日17時まで.
struct EndBySession {
    int days = 0;
    std::optional<std::chrono::minutes> time_of_day;
};
/// With the last day of the fiscal year that is now.
struct EndOfFiscalYear {};
using WindowEnd = std::variant<KeptEnd, NoEnd, EndOnDay, EndBySession, EndOfFiscalYear>;

/// A change that is made to the windows of many at once.
struct WindowChange {
    enum class Of {
        nothing,    ///< windows stay
        ends,       ///< to `opens` and `closes`
        own_window, ///< it goes: the series' window counts again
    };
    Of of = Of::nothing;
    WindowEnd opens;
    WindowEnd closes;
};

/// What a window belongs to.
struct WindowOwner {
    std::optional<AvailabilityWindow> window;  ///< nothing: the series'
    AvailabilityWindow series_window;          ///< open where it is in none
    std::optional<time::Date> session_day;     ///< where it belongs to a session whose day is known

    const AvailabilityWindow& effective() const { return window ? *window : series_window; }
};

/// The window of its own after the change; nothing: the series'. An end that is kept is the one that counts now, its series' included.
/// Refuses (invalid) one that closes no later than it opens, and one by a session where no day of one is known.
Result<std::optional<AvailabilityWindow>> changed(const WindowOwner& owner, const WindowChange& change,
                                                  UtcTime now, const time::Zone& zone);

/// The last day on any minute of which a window is open; nothing where it never closes.
std::optional<time::Date> last_day_of(const AvailabilityWindow& window, const time::Zone& zone);

/// Whether what `inner` opens is open at some instant at which `outer` is not.
bool reaches_beyond(const AvailabilityWindow& inner, const AvailabilityWindow& outer);

} // namespace catalog
