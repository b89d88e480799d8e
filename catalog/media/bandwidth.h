#pragma once

#include "catalog/media/segment.h"

#include <cstdint>
#include <span>

namespace catalog::media {

/// Bits per second, rounded up.
struct Bandwidth {
    std::uint64_t peak = 0;
    std::uint64_t average = 0;
    friend bool operator==(const Bandwidth&, const Bandwidth&) = default;
};

/// Measured as RFC 8216bis 4.1 says: the peak is the largest of contiguous runs that last from half
/// to one and a half target durations (of the whole where it is shorter).
Bandwidth measure(std::span<const Segment> segments, int target_duration);

} // namespace catalog::media
