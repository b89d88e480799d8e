#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// Work for one recording. Leased by whoever does it; a lease that ran out may be taken by another.
struct TranscodeJob {
    enum class State { waiting, leased, done, failed };
    JobId id;
    RecordingId recording;
    State state = State::waiting;
    int attempts = 0;                          ///< starts so far
    std::string lease_owner;                   ///< empty but where leased
    std::optional<time::UtcTime> lease_until;
    std::optional<time::UtcTime> not_before;   ///< back-off after a crash
    time::UtcTime created;

    friend bool operator==(const TranscodeJob&, const TranscodeJob&) = default;
};

std::string_view to_text(TranscodeJob::State state);
std::optional<TranscodeJob::State> job_state_from_text(std::string_view text);

} // namespace catalog
