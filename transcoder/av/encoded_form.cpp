#include "transcoder/av/encoded_form.h"

#include "transcoder/av/failure.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <new>
#include <tuple>

namespace transcoder::av {

namespace {

std::string avc_name(const std::uint8_t* profile_constraints_level) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "avc1.%02x%02x%02x", profile_constraints_level[0],
                  profile_constraints_level[1], profile_constraints_level[2]);
    return name.data();
}

} // namespace

std::string codec_name(const EncodedForm& form) {
    const auto& parameters = *form.parameters;
    if (parameters.codec_id == AV_CODEC_ID_AAC) {
        // AudioSpecificConfig, ISO 14496-3 1.6.2.1: the object type is its first five bits.
        if (parameters.extradata_size < 2)
            throw Failure("read the sound's configuration", AVERROR_INVALIDDATA);
        return "mp4a.40." + std::to_string(parameters.extradata[0] >> 3);
    }
    // An `avcC` begins with its version, then the three bytes (ISO 14496-15 5.3.3.1).
    if (parameters.extradata_size > 3 && parameters.extradata[0] == 1)
        return avc_name(parameters.extradata + 1);
    // The encoder gives SPS and PPS behind start codes: profile, constraints and level follow the
    // SPS' first byte (ISO 14496-10 7.3.2.1.1), and are what avcC repeats.
    const auto* data = parameters.extradata;
    for (int i = 0; i + 6 < parameters.extradata_size; ++i) {
        if (data[i] != 0 || data[i + 1] != 0 || data[i + 2] != 1 || (data[i + 3] & 0x1f) != 7)
            continue;
        return avc_name(data + i + 4);
    }
    throw Failure("read the picture's configuration", AVERROR_INVALIDDATA);
}

namespace {

/// The sets of an `avcC` (ISO 14496-15 5.3.3.1) that counts lengths in four bytes, each behind its own.
std::string sets_behind_lengths(std::string_view configuration) {
    constexpr std::size_t head = 5;
    std::string sets;
    auto rest = configuration.substr(head);
    // First the sequence's, counted in five bits, then the pictures'.
    for (const unsigned counted : {0x1fU, 0xffU}) {
        auto count = static_cast<std::uint8_t>(rest.at(0)) & counted;
        rest.remove_prefix(1);
        for (; count > 0; --count) {
            const std::size_t size = std::size_t{static_cast<std::uint8_t>(rest.at(0))} << 8U |
                                     static_cast<std::uint8_t>(rest.at(1));
            sets += std::string(2, '\0');
            sets += rest.substr(0, 2 + size);
            rest.remove_prefix(2 + size);
        }
    }
    return sets;
}

} // namespace

Packet with_parameter_sets(const AVPacket& packet, const EncodedForm& form) {
    const std::string_view said(reinterpret_cast<const char*>(form.parameters->extradata),
                                static_cast<std::size_t>(form.parameters->extradata_size));
    const bool has_lengths = said.starts_with('\1');
    const auto sets = has_lengths ? sets_behind_lengths(said) : std::string(said);
    auto made = make_packet();
    check(av_new_packet(made.get(), static_cast<int>(sets.size()) + packet.size),
          "make room for a packet");
    check(av_packet_copy_props(made.get(), &packet), "copy a packet's properties");
    std::ranges::copy(sets, made->data);
    std::copy_n(packet.data, packet.size, made->data + sets.size());
    return made;
}

std::string codec_name(std::string_view init) {
    constexpr std::string_view box = "avcC";
    const auto at = init.find(box);
    if (at == std::string_view::npos)
        return "mp4a.40.2";
    // Its version stands before the three bytes.
    const auto said = init.substr(at + box.size() + 1);
    if (said.size() < 3)
        throw Failure("read the picture's configuration", AVERROR_INVALIDDATA);
    const std::array<std::uint8_t, 3> bytes{static_cast<std::uint8_t>(said[0]),
                                            static_cast<std::uint8_t>(said[1]),
                                            static_cast<std::uint8_t>(said[2])};
    return avc_name(bytes.data());
}

std::string covering_codec(const std::string& a, const std::string& b) {
    constexpr std::size_t profile = 5; // "avc1.": two digits each of profile, constraints and level
    constexpr std::size_t level = 9;
    if (a.size() != b.size() || !a.starts_with("avc1.") || !b.starts_with("avc1."))
        return a;
    const auto& higher = a.substr(profile, 2) >= b.substr(profile, 2) ? a : b;
    return higher.substr(0, level) + std::max(a.substr(level), b.substr(level));
}

int level_of(const EncodedForm& form) {
    constexpr int hexadecimal = 16;
    const auto name = codec_name(form);
    return std::stoi(name.substr(name.size() - 2), nullptr, hexadecimal);
}

bool is_same_form(const EncodedForm& a, const EncodedForm& b) {
    const auto& [of_a, of_b] = std::tie(*a.parameters, *b.parameters);
    return of_a.extradata_size == of_b.extradata_size &&
           std::equal(of_a.extradata, of_a.extradata + of_a.extradata_size, of_b.extradata) &&
           a.timescale == b.timescale && a.frame_ticks == b.frame_ticks && a.delay == b.delay &&
           a.lead == b.lead;
}

std::shared_ptr<const AVCodecParameters> parameters_of(const AVStream& stream) {
    CodecParameters parameters(avcodec_parameters_alloc());
    if (!parameters)
        throw std::bad_alloc();
    check(avcodec_parameters_copy(parameters.get(), stream.codecpar), "keep the parameters");
    return parameters;
}

std::shared_ptr<const AVCodecParameters> parameters_of(const AVCodecContext& context) {
    CodecParameters parameters(avcodec_parameters_alloc());
    if (!parameters)
        throw std::bad_alloc();
    check(avcodec_parameters_from_context(parameters.get(), &context), "keep the parameters");
    return parameters;
}

} // namespace transcoder::av
