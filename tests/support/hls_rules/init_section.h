#pragma once

#include "tests/support/hls_rules/avc.h"
#include "tests/support/hls_rules/breach.h"
#include "tests/support/hls_rules/bytes.h"

#include <optional>

namespace hls_rules {

/// The one track of an init section.
struct Track {
    enum class Kind { picture, sound, other };
    std::uint32_t id = 0;
    Kind kind = Kind::other;
    std::uint32_t timescale = 1; ///< ticks a second
    std::int64_t first_tick = 0; ///< what the edit list presents first
    std::string codec;           ///< RFC 6381
    int width = 0;               ///< as displayed
    int height = 0;
    std::optional<AvcConfiguration> avc;
    int transfer = 0; ///< of the colour, as `colr` says; 0 where it does not
    int sample_rate = 0;
    int channels = 0;
    std::uint32_t default_duration = 0;
    std::uint32_t default_size = 0;
    std::uint32_t default_flags = 0;
};

/// Reads an init section and notes what is wrong with it (S1, S5, S9, S10, V11). Nothing where it
/// cannot be read at all, which is noted too.
std::optional<Track> read_init_section(Bytes bytes, const std::string& place, Breaches& breaches);

} // namespace hls_rules
