#pragma once

#include <chrono>
#include <cstdint>

namespace catalog::media {

struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t end() const { return offset + size; }
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// One segment of a rendition's CMAF file. Durations are differences of presentation times that
/// were rounded to the microsecond, so that their sum never drifts from the media.
struct Segment {
    std::chrono::microseconds duration{0};
    ByteRange bytes;
    friend bool operator==(const Segment&, const Segment&) = default;
};

} // namespace catalog::media
