#pragma once

#include "catalog/time/utc_time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace catalog::media {

struct ByteRange {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t end() const { return offset + size; }
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// A piece of a segment, for those who do not wait until it is whole (EXT-X-PART).
struct Part {
    std::chrono::microseconds duration{0};
    ByteRange bytes;
    enum class Start { independent, dependent } start = Start::dependent;  ///< begins with a key frame
    friend bool operator==(const Part&, const Part&) = default;
};

/// What stands before a segment's first part.
struct SegmentHead {
    /// By the wall clock (EXT-X-PROGRAM-DATE-TIME); none of an uploaded recording.
    std::optional<time::UtcTime> begins_at;
    /// breaks: the publisher was gone before it (EXT-X-DISCONTINUITY).
    enum class Continuity { follows, breaks } continuity = Continuity::follows;
    std::optional<ByteRange> init;   ///< from here on another than before
    friend bool operator==(const SegmentHead&, const SegmentHead&) = default;
};

/// What became of that of which something was withdrawn. It follows from the catalog, and is not on disk.
struct Revision {
    unsigned number = 0;   ///< how many times it was made anew: bytes of another revision have another address
    enum class Given { yes, withheld } given = Given::yes;
    friend bool operator==(const Revision&, const Revision&) = default;
};

/// One segment of a rendition's CMAF file. Durations are differences of presentation times that
/// were rounded to the microsecond, so that their sum never drifts from the media.
struct Segment {
    std::chrono::microseconds duration{0};
    ByteRange bytes;
    SegmentHead head{};
    std::vector<Part> parts{};   ///< one after the other; while a live recording grows
    Revision revision{};
    friend bool operator==(const Segment&, const Segment&) = default;
};

} // namespace catalog::media
