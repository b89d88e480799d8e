#include "tests/support/hls_rules/avc.h"

#include <cstdio>

namespace hls_rules {

namespace {

/// Bits of a NAL unit's payload, emulation prevention bytes taken out (H.264, 7.3.1).
class BitReader {
  public:
    explicit BitReader(Bytes nal_unit) {
        int zeros = 0;
        for (const std::uint8_t byte : nal_unit) {
            if (zeros >= 2 && byte == 3) {
                zeros = 0;
                continue;
            }
            zeros = byte == 0 ? zeros + 1 : 0;
            bytes_.push_back(byte);
        }
    }

    std::uint32_t bits(int count) {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i) {
            if (position_ / 8 >= bytes_.size()) {
                throw Malformed("a parameter set ends too early");
            }
            const unsigned byte = bytes_[position_ / 8];
            value = value << 1U | (byte >> (7 - position_ % 8) & 1U);
            ++position_;
        }
        return value;
    }

    bool flag() { return bits(1) == 1; }

    /// Exp-Golomb, unsigned.
    std::uint32_t ue() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > 31) {
                throw Malformed("a parameter set holds no number where one should be");
            }
        }
        return (1U << zeros) - 1 + bits(zeros);
    }

    /// Exp-Golomb, signed.
    std::int32_t se() {
        const std::uint32_t code = ue();
        const auto half = static_cast<std::int32_t>((code + 1) / 2);
        return code % 2 == 1 ? half : -half;
    }

  private:
    std::vector<std::uint8_t> bytes_;
    std::size_t position_ = 0;
};

void skip_scaling_list(BitReader& bits, int size) {
    std::int32_t last = 8;
    std::int32_t next = 8;
    for (int i = 0; i < size; ++i) {
        if (next != 0) {
            next = (last + bits.se() + 256) % 256;
        }
        last = next == 0 ? last : next;
    }
}

/// What profiles from High on say of chroma and scaling.
void skip_high_profile_fields(BitReader& bits) {
    const std::uint32_t chroma = bits.ue();
    if (chroma == 3) {
        bits.flag();
    }
    bits.ue();
    bits.ue();
    bits.flag();
    if (!bits.flag()) {
        return;
    }
    for (int list = 0; list < (chroma == 3 ? 12 : 8); ++list) {
        if (bits.flag()) {
            skip_scaling_list(bits, list < 6 ? 16 : 64);
        }
    }
}

void skip_picture_order(BitReader& bits) {
    const std::uint32_t type = bits.ue();
    if (type == 0) {
        bits.ue();
    } else if (type == 1) {
        bits.flag();
        bits.se();
        bits.se();
        const std::uint32_t cycle = bits.ue();
        for (std::uint32_t i = 0; i < cycle; ++i) {
            bits.se();
        }
    }
}

std::vector<Bytes> read_parameter_sets(ByteReader& reader, int count) {
    std::vector<Bytes> sets;
    for (int i = 0; i < count; ++i) {
        const std::size_t size = reader.u16();
        sets.push_back(reader.take(size));
    }
    return sets;
}

} // namespace

std::string AvcConfiguration::codec() const {
    char text[16];
    std::snprintf(text, sizeof text, "avc1.%02X%02X%02X", static_cast<unsigned>(profile) & 0xFFU,
                  static_cast<unsigned>(compatibility) & 0xFFU,
                  static_cast<unsigned>(level) & 0xFFU);
    return text;
}

AvcConfiguration read_avc_configuration(Bytes avcc) {
    ByteReader reader(avcc);
    AvcConfiguration configuration;
    reader.skip(1);
    configuration.profile = reader.u8();
    configuration.compatibility = reader.u8();
    configuration.level = reader.u8();
    configuration.length_size = (reader.u8() & 3U) + 1;
    configuration.sps = read_parameter_sets(reader, reader.u8() & 0x1F);
    configuration.pps = read_parameter_sets(reader, reader.u8());
    return configuration;
}

bool codes_frames_only(Bytes sps) {
    BitReader bits(sps);
    bits.bits(8);
    const std::uint32_t profile = bits.bits(8);
    bits.bits(16);
    bits.ue();
    if (profile >= 100) {
        skip_high_profile_fields(bits);
    }
    bits.ue();
    skip_picture_order(bits);
    bits.ue();
    bits.flag();
    bits.ue();
    bits.ue();
    return bits.flag();
}

std::vector<Bytes> nal_units_in(Bytes sample, std::size_t length_size) {
    std::vector<Bytes> units;
    ByteReader reader(sample);
    while (!reader.empty()) {
        const auto size = static_cast<std::size_t>(reader.number(length_size));
        units.push_back(reader.take(size));
    }
    return units;
}

Nal type_of(Bytes nal_unit) {
    if (nal_unit.empty()) {
        return Nal::other;
    }
    switch (nal_unit.front() & 0x1F) {
    case 1:
        return Nal::slice;
    case 5:
        return Nal::idr;
    case 7:
        return Nal::sps;
    case 8:
        return Nal::pps;
    default:
        return Nal::other;
    }
}

} // namespace hls_rules
