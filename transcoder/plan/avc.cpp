#include "transcoder/plan/avc.h"

#include <algorithm>

namespace transcoder::plan {

namespace {

using Bytes = std::span<const std::uint8_t>;

/// ISO 14496-10, table 7-1.
enum Nal { slice = 1, partition_a = 2, partition_c = 4, idr = 5, sps = 7, pps = 8 };

int type_of(Bytes unit) { return unit.front() & 0x1f; }

/// What belongs to scalable and multiview streams.
bool is_of_layers(int type) {
    return type == 13 || type == 15 || (type >= 19 && type <= 21);
}

/// The bits of a parameter set, emulation prevention taken out (7.3.1). Behind the end all are 0.
class Bits {
  public:
    explicit Bits(Bytes unit) {
        int zeros = 0;
        for (const auto byte : unit) {
            if (zeros >= 2 && byte == 3) {
                zeros = 0;
                continue;
            }
            zeros = byte == 0 ? zeros + 1 : 0;
            bytes_.push_back(byte);
        }
    }
    bool is_whole() const { return place_ <= bytes_.size() * 8; }
    unsigned take(int count) {
        unsigned value = 0;
        for (; count > 0; --count, ++place_) {
            const unsigned byte = place_ / 8 < bytes_.size() ? bytes_[place_ / 8] : 0U;
            value = value << 1U | (byte >> (7 - place_ % 8) & 1U);
        }
        return value;
    }
    /// Exp-Golomb (9.1).
    unsigned number() {
        int zeros = 0;
        while (zeros < 31 && take(1) == 0)
            ++zeros;
        return (1U << static_cast<unsigned>(zeros)) - 1 + take(zeros);
    }
    int signed_number() {
        const auto code = number();
        const auto half = static_cast<int>((code + 1) / 2);
        return code % 2 == 1 ? half : -half;
    }

  private:
    std::vector<std::uint8_t> bytes_;
    std::size_t place_ = 0;
};

/// 7.3.2.1.1.1.
void skip_scaling_list(Bits& bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size; ++i) {
        if (next != 0)
            next = (last + bits.signed_number() + 256) % 256;
        last = next == 0 ? last : next;
    }
}

void skip_scaling_lists(Bits& bits, unsigned chroma) {
    for (int i = 0; i < (chroma == 3 ? 12 : 8); ++i)
        if (bits.take(1) == 1)
            skip_scaling_list(bits, i < 6 ? 16 : 64);
}

void skip_picture_order(Bits& bits) {
    const auto kind = bits.number();
    if (kind == 0) {
        bits.number();
    } else if (kind == 1) {
        bits.take(1);
        bits.signed_number();
        bits.signed_number();
        const auto cycle = std::min(bits.number(), 255U);
        for (unsigned i = 0; i < cycle; ++i)
            bits.signed_number();
    }
}

/// frame_mbs_only_flag (7.3.2.1.1); none where the set is cut off.
std::optional<AvcConfiguration::Coded> coded_as(Bytes sequence) {
    constexpr unsigned high = 100;
    Bits bits(sequence);
    bits.take(8);
    const auto profile = bits.take(8);
    bits.take(16);
    bits.number();
    if (profile >= high) {
        const auto chroma = bits.number();
        if (chroma == 3)
            bits.take(1);
        bits.number();
        bits.number();
        bits.take(1);
        if (bits.take(1) == 1)
            skip_scaling_lists(bits, chroma);
    }
    bits.number();
    skip_picture_order(bits);
    bits.number();
    bits.take(1);
    bits.number();
    bits.number();
    const bool frames_only = bits.take(1) == 1;
    if (!bits.is_whole())
        return std::nullopt;
    return frames_only ? AvcConfiguration::Coded::frames : AvcConfiguration::Coded::fields;
}

/// Takes `count` sets off the front of `bytes`; false where they are not all there.
bool take_sets(Bytes& bytes, int count, std::vector<Bytes>& sets) {
    for (; count > 0; --count) {
        if (bytes.size() < 3)
            return false;
        const std::size_t size = std::size_t{bytes[0]} << 8U | bytes[1];
        if (size == 0 || size > bytes.size() - 2)
            return false;
        sets.push_back(bytes.subspan(2, size));
        bytes = bytes.subspan(2 + size);
    }
    return true;
}

} // namespace

std::optional<AvcConfiguration> read_avc_configuration(Bytes bytes) {
    if (bytes.size() < 7 || bytes[0] != 1)
        return std::nullopt;
    AvcConfiguration read;
    read.profile = bytes[1];
    read.level = bytes[3];
    read.length_size = (bytes[4] & 3U) + 1;
    const int sequences = bytes[5] & 0x1f;
    auto rest = bytes.subspan(6);
    if (sequences != 1 || !take_sets(rest, sequences, read.sets) || rest.empty())
        return std::nullopt;
    const int pictures = rest.front();
    rest = rest.subspan(1);
    if (pictures == 0 || !take_sets(rest, pictures, read.sets))
        return std::nullopt;
    const auto coded = coded_as(read.sets.front());
    if (!coded || type_of(read.sets.front()) != Nal::sps)
        return std::nullopt;
    read.coded = *coded;
    return read;
}

AvcPacket look_at(Bytes packet, const AvcConfiguration& configuration) {
    const auto is_known = [&](Bytes unit) {
        return std::ranges::any_of(configuration.sets,
                                   [&](Bytes set) { return std::ranges::equal(set, unit); });
    };
    auto found = AvcPacket::other;
    bool has_picture = false;
    while (!packet.empty()) {
        if (packet.size() <= configuration.length_size)
            return AvcPacket::broken;
        std::size_t size = 0;
        for (std::size_t i = 0; i < configuration.length_size; ++i)
            size = size << 8U | packet[i];
        packet = packet.subspan(configuration.length_size);
        if (size == 0 || size > packet.size())
            return AvcPacket::broken;
        const auto unit = packet.first(size);
        packet = packet.subspan(size);
        const int type = type_of(unit);
        if (is_of_layers(type) || (type >= Nal::partition_a && type <= Nal::partition_c))
            return AvcPacket::layered;
        if ((type == Nal::sps || type == Nal::pps) && !is_known(unit))
            return AvcPacket::changing;
        has_picture = has_picture || type == Nal::slice || type == Nal::idr;
        if (type == Nal::idr)
            found = AvcPacket::idr;
    }
    return has_picture ? found : AvcPacket::broken;
}

} // namespace transcoder::plan
