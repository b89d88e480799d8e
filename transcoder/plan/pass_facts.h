#pragma once

#include "catalog/media/bandwidth.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::plan {

/// How a source's time stamps become ticks of a track that begins at 0.
struct PassClock {
    std::int64_t origin = 0;  ///< the stamp that becomes 0
    int factor = 1;           ///< ticks a tick of the source
    std::int64_t first = 0;   ///< ticks: where the first picture lies, which is shown from 0 on
    /// Ticks: stamps that a container rounded are put back onto multiples of it, from the first on.
    int unit = 1;

    std::int64_t ticks(std::int64_t stamp) const;
    friend bool operator==(const PassClock&, const PassClock&) = default;
};

/// A picture whose own packets can be the top rendition.
struct PassedPicture {
    PassClock clock;
    int timescale = 0;               ///< ticks a second
    std::vector<std::int64_t> cuts;  ///< ticks: 0, IDR pictures, the recording's end
    int delay = 0;                   ///< packets by which decoding runs ahead of showing
    int shortest = 0;                ///< ticks that a picture is shown at least
    catalog::media::Bandwidth bandwidth;
    friend bool operator==(const PassedPicture&, const PassedPicture&) = default;
};

/// A sound whose own packets can be the sound's rendition: AAC-LC, 1024 samples a packet.
struct PassedSound {
    int lead = 0;                    ///< samples before the recording's 0
    std::int64_t packets = 0;
    catalog::media::Bandwidth bandwidth;
    friend bool operator==(const PassedSound&, const PassedSound&) = default;
};

/// What of a source can be handed on without encoding it again; where it cannot, why, in a term:
/// `codec`, `interlaced`, `keyframes_too_far_apart`, …
struct Passing {
    std::optional<PassedPicture> picture;
    std::string why_no_picture;
    std::optional<PassedSound> sound;
    std::string why_no_sound;
    friend bool operator==(const Passing&, const Passing&) = default;
};

} // namespace transcoder::plan
