#pragma once

#include "catalog/time/utc_time.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace server::access {

/// How long after the `failures`th wrong password in a row the next one is not looked at: four are
/// free, then from a second on it doubles, to five minutes at most.
std::chrono::seconds pause_after(int failures);

/// Counts guesses at names that nobody has, so that these look like any other. Forgets the oldest
/// where there are many, and all at a restart. May be used by any thread.
class Strangers {
  public:
    /// Counts a guess; the instant from which on the next may be made, where it is not yet.
    std::optional<catalog::time::UtcTime> note(const std::string& name,
                                               catalog::time::UtcTime now);

  private:
    struct Guesses {
        int count = 0;
        catalog::time::UtcTime paused_until;
    };
    static constexpr std::size_t most_names = 10'000;
    std::mutex mutex_;
    std::map<std::string, Guesses> guesses_;
};

} // namespace server::access
