#pragma once

#include "tests/support/hls_rules/breach.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hls_rules {

/// An alternative sound as listed.
struct ListedSound {
    std::string group;
    std::string address;
};

/// A variant as listed.
struct ListedVariant {
    std::string address;
    std::uint64_t bandwidth = 0;
    std::optional<std::uint64_t> average_bandwidth;
    std::vector<std::string> codecs;
    std::string resolution;
    std::string frame_rate;
    std::string video_range;
    std::string sound_group;
};

/// I-frames as listed.
struct ListedIFrames {
    std::string address;
    std::uint64_t bandwidth = 0;
    std::optional<std::uint64_t> average_bandwidth;
    std::vector<std::string> codecs;
    std::string resolution;
};

struct ListedPresentation {
    std::vector<ListedSound> sounds;
    std::vector<ListedVariant> variants;
    std::vector<ListedIFrames> i_frames;
};

/// Reads a multivariant playlist and notes what its text alone has wrong (P, V, A, I).
ListedPresentation read_multivariant(const std::string& text, const std::string& place,
                                     Breaches& breaches);

} // namespace hls_rules
