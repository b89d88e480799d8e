#include "server/live/rtmp/flv.h"

#include "server/live/rtmp/big_endian.h"

#include <algorithm>

namespace server::live::rtmp {
namespace {

using catalog::Refusal;
using catalog::Result;

constexpr unsigned avc = 7;
constexpr unsigned aac = 10;
constexpr unsigned key_frame = 1;

unsigned byte_at(const std::string& text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

unsigned high(unsigned byte) { return byte >> 4; }
unsigned low(unsigned byte) { return byte & 0xf; }

/// "hvc1"; what is not printed stands as '?'.
std::string four_cc(const std::string& body) {
    auto name = body.substr(std::min<std::size_t>(1, body.size()), 4);
    std::replace_if(
        name.begin(), name.end(), [](unsigned char byte) { return byte < 0x21 || byte > 0x7e; }, '?');
    return name;
}

catalog::Error unsupported(const std::string& japanese, const std::string& english) {
    return refuse(Refusal::unsupported, japanese + " / " + english);
}

Result<void> check_video(const std::string& body) {
    constexpr unsigned enhanced = 0x80;
    const auto first = byte_at(body, 0);
    if (first & enhanced)
        return unsupported("映像はH.264で送ってください（拡張RTMPの" + four_cc(body) + "は使えません）。",
                           "Send H.264: enhanced RTMP (" + four_cc(body) + ") is not taken.");
    if (low(first) != avc)
        return unsupported("映像はH.264で送ってください。",
                           "Send H.264: FLV's video codec " + std::to_string(low(first)) +
                               " is not taken.");
    return {};
}

Result<void> check_audio(const std::string& body) {
    const auto codec = high(byte_at(body, 0));
    if (codec != aac)
        return unsupported("音声はAACで送ってください。",
                           "Send AAC: FLV's sound codec " + std::to_string(codec) + " is not taken.");
    return {};
}

} // namespace

bool Tag::is_key_frame() const {
    return type == video && high(byte_at(body, 0)) == key_frame && !is_sequence_header();
}

bool Tag::is_sequence_header() const { return type != script && byte_at(body, 1) == 0; }

Result<void> check_codec(const Tag& tag) {
    if (tag.type == Tag::video)
        return check_video(tag.body);
    if (tag.type == Tag::audio)
        return check_audio(tag.body);
    return {};
}

std::string flv_header() {
    constexpr char audio_and_video = 5;
    std::string bytes("FLV\x01", 4);
    bytes.push_back(audio_and_video);
    append_number(bytes, 9, 4); // its own size
    append_number(bytes, 0, 4); // of the tag before the first one
    return bytes;
}

std::string to_bytes(const Tag& tag) {
    constexpr std::uint32_t tag_header = 11;
    const auto size = static_cast<std::uint32_t>(tag.body.size());
    std::string bytes;
    bytes.reserve(tag_header + tag.body.size() + 4);
    bytes.push_back(static_cast<char>(tag.type));
    append_number(bytes, size, 3);
    append_number(bytes, tag.timestamp & 0xffffff, 3);
    append_number(bytes, tag.timestamp >> 24, 1);
    append_number(bytes, 0, 3);
    bytes += tag.body;
    append_number(bytes, tag_header + size, 4);
    return bytes;
}

void FlvBeginning::heard(const Tag& tag) {
    if (tag.type == Tag::script)
        metadata_ = tag;
    else if (tag.is_sequence_header())
        (tag.type == Tag::video ? video_ : audio_) = tag;
}

std::string FlvBeginning::bytes(std::uint32_t timestamp) const {
    auto bytes = flv_header();
    for (const auto* remembered : {&metadata_, &video_, &audio_})
        if (*remembered) {
            auto tag = **remembered;
            tag.timestamp = timestamp;
            bytes += to_bytes(tag);
        }
    return bytes;
}

} // namespace server::live::rtmp
