#pragma once

#include "tests/support/hls_rules/fragments.h"
#include "tests/support/hls_rules/media_playlist.h"

#include <optional>
#include <vector>

namespace hls_rules {

/// Bits a second, as RFC 8216bis 4.1 says.
struct Rates {
    double peak = 0;
    double average = 0;
};

Rates measure(const ListedMedia& media);

/// A rendition as its bytes are, with times in the track's ticks from its first presented one on.
struct Rendition {
    std::string place;
    ListedMedia media;
    Track track; ///< the first one; its size and codec are what plays all that follow too
    std::vector<std::int64_t> starts; ///< of segments
    std::int64_t end = 0;
    std::int64_t longest_sample = 0;
    std::int64_t shortest_sample = 0;
    std::size_t most_samples = 0; ///< of a segment
    Rates rates;

    double seconds(std::int64_t ticks) const {
        return static_cast<double>(ticks) / static_cast<double>(track.timescale);
    }
    double duration() const { return seconds(end); }
    double frame() const { return seconds(longest_sample); }
};

/// Reads a rendition and notes what is wrong with it alone (P, M, S). Nothing where its init
/// section or a segment cannot be read.
std::optional<Rendition> read_rendition(const std::filesystem::path& playlist,
                                        const std::string& place, Files& files, Breaches& breaches);

} // namespace hls_rules
