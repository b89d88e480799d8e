#pragma once

#include "tests/support/hls_rules/init_section.h"

#include <optional>
#include <vector>

namespace hls_rules {

/// A sample of a fragment. Times in the track's ticks, the edit list not applied.
struct Sample {
    Bytes bytes;
    std::uint32_t duration = 0;
    std::int64_t decode_time = 0;
    std::int64_t presentation_time = 0;
};

/// A movie fragment with its data.
struct Fragment {
    std::uint32_t sequence = 0;
    std::optional<std::uint64_t> decode_time; ///< tfdt
    std::vector<Sample> samples;

    /// Where the next fragment must start.
    std::uint64_t end() const;
};

/// Reads a segment's fragments and notes what is wrong with them (S2, S5). What can be read is
/// given in any case.
std::vector<Fragment> read_fragments(Bytes segment, const Track& track, const std::string& place,
                                     Breaches& breaches);

/// Reads the first sample of a range that begins with a `moof` and need not hold the others. Throws
/// Malformed where it begins with something else, or does not hold that sample.
Sample read_first_sample(Bytes range, const Track& track, const std::string& place,
                         Breaches& breaches);

} // namespace hls_rules
