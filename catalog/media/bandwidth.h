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

/// Of two renditions that play together: RFC 8216bis 4.4.6.2 asks for the sum of their peaks.
Bandwidth operator+(const Bandwidth& one, const Bandwidth& other);

/// Measured as RFC 8216bis 4.1 says: the peak is the largest of contiguous runs that last from half
/// to one and a half target durations (of the whole where it is shorter; of single segments where
/// those are longer). `target_duration` in seconds. Nothing flows where there are no segments.
Bandwidth measure(std::span<const Segment> segments, int target_duration);

} // namespace catalog::media
