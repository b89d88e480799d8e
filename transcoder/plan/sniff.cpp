#include "transcoder/plan/sniff.h"

#include "transcoder/av/input.h"

#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace transcoder::plan {

namespace {

std::vector<std::byte> head_of(const av::SourceFile& file) {
    std::vector<std::byte> head(std::size_t{64} * 1024);
    head.resize(file.read(0, head));
    return head;
}

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Texts that make players open other files.
bool is_playlist(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0)
        text.remove_prefix(1);
    constexpr std::array<std::string_view, 6> beginnings{"#EXTM3U",    "ffconcat version",
                                                         "[playlist]", "[Reference]",
                                                         "<asx",       "<ASX"};
    for (const auto beginning : beginnings)
        if (text.starts_with(beginning))
            return true;
    return (text.starts_with("<?xml") || text.starts_with("<MPD")) &&
           text.substr(0, 4096).find("<MPD") != std::string_view::npos;
}

std::uint64_t big_endian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (const auto byte : bytes)
        value = value << 8 | std::to_integer<std::uint64_t>(byte);
    return value;
}

/// Whether `file` is of MP4's kind (ISO 14496-12 4.2) and its `moov` is not all there.
bool lacks_its_index(const av::SourceFile& file) {
    const auto size = file.size();
    std::uint64_t place = 0;
    bool is_of_the_kind = false;
    for (int boxes = 0; boxes < 1000 && place + 8 <= size; ++boxes) {
        std::array<std::byte, 16> header{};
        if (file.read(place, header) < 8)
            break;
        auto length = big_endian(std::span(header).first<4>());
        if (length == 1)
            length = big_endian(std::span(header).last<8>());
        else if (length == 0)
            length = size - place;
        const auto type = text_of(std::span(header).subspan<4, 4>());
        if (type == "ftyp" || type == "mdat" || type == "wide")
            is_of_the_kind = true;
        if (type == "moov")
            return is_of_the_kind && place + length > size;
        if (length < 8 || !is_of_the_kind || length > size - place)
            break;
        place += length;
    }
    return is_of_the_kind;
}

} // namespace

Outcome<void> looked_at(const av::SourceFile& file) {
    if (!file.is_regular())
        return reject(Kind::not_a_recording);
    if (file.size() == 0)
        return reject(Kind::empty);
    if (is_playlist(text_of(head_of(file))))
        return reject(Kind::playlist);
    return boost::system::in_place_value;
}

Rejection why_not_opened(const av::SourceFile& file) {
    if (lacks_its_index(file))
        return reject(Kind::truncated);
    const auto format = av::guess_format(head_of(file));
    if (format.empty() || format == "tty" || format.ends_with("_pipe") || format == "gif" ||
        format == "image2")
        return reject(Kind::not_a_recording);
    return reject(av::is_accepted_format(format) ? Kind::damaged : Kind::unsupported);
}

} // namespace transcoder::plan
