#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace transcoder::plan {

/// What an H.264 track's `avcC` says (ISO 14496-15, 5.3.3.1).
struct AvcConfiguration {
    int profile = 0;
    int level = 0;                                        ///< ten times its name
    std::size_t length_size = 4;                          ///< bytes before each NAL unit
    std::vector<std::span<const std::uint8_t>> sets;      ///< SPS and PPS, borrowed
    enum class Coded { frames, fields } coded = Coded::frames;
};

/// None where the bytes are no `avcC` of one sequence.
std::optional<AvcConfiguration> read_avc_configuration(std::span<const std::uint8_t> bytes);

/// What a packet of such a track is for those that only hand it on.
enum class AvcPacket {
    idr,       ///< decoding can begin here
    other,
    changing,  ///< brings parameter sets that the configuration has not
    layered,   ///< holds pictures of other layers or views
    broken,    ///< is not made of whole NAL units
};
AvcPacket look_at(std::span<const std::uint8_t> packet, const AvcConfiguration& configuration);

} // namespace transcoder::plan
