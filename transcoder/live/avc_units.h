#pragma once

#include "transcoder/av/handles.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace transcoder::live {

/// H.264 as publishers send it, made alike: units behind their length (four bytes), parameter sets in
/// a configuration (`avcC`, ISO 14496-15 5.3.3.1) and nowhere else, neither delimiters nor filling.
class AvcUnits {
  public:
    using Bytes = std::span<const std::uint8_t>;

    /// What the container says of the stream: an `avcC`, or sets behind start codes.
    void describe(Bytes extradata);

    struct Unit {
        av::Packet packet;
        bool is_idr = false;   ///< decoding can begin here
    };
    /// None where the packet holds no picture, or none that can be made sense of.
    std::optional<Unit> take(const AVPacket& packet);

    /// Empty until the parameter sets are known. Another one than before: another stream.
    const std::vector<std::uint8_t>& configuration() const { return configuration_; }

  private:
    enum class Framing { unknown, lengths, start_codes };

    std::vector<Bytes> units_of(Bytes bytes) const;
    void keep_sets(const std::vector<Bytes>& sequence_sets, const std::vector<Bytes>& picture_sets);

    Framing framing_ = Framing::unknown;
    std::size_t length_size_ = 4;
    std::vector<std::uint8_t> configuration_;
};

} // namespace transcoder::live
