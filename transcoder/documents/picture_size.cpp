#include "transcoder/documents/picture_size.h"

#include <cstddef>

namespace transcoder::documents {

namespace {

int byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

int two_bytes_at(std::string_view bytes, std::size_t at) {
    return byte_at(bytes, at) * 256 + byte_at(bytes, at + 1);
}

/// SOF0 to SOF15, without DHT, JPG and DAC, which lie among them (ITU-T T.81, table B.1).
bool begins_frame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

} // namespace

std::optional<PictureSize> jpeg_size(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (!bytes.starts_with("\xff\xd8"sv) || !bytes.ends_with("\xff\xd9"sv))
        return std::nullopt;
    constexpr std::size_t head_of_frame = 9; // marker, length, precision, lines, columns
    std::size_t at = 2;
    while (at + head_of_frame <= bytes.size() && byte_at(bytes, at) == 0xff) {
        if (begins_frame(byte_at(bytes, at + 1))) {
            const PictureSize size{two_bytes_at(bytes, at + 7), two_bytes_at(bytes, at + 5)};
            return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
        }
        at += 2 + static_cast<std::size_t>(two_bytes_at(bytes, at + 2));
    }
    return std::nullopt;
}

} // namespace transcoder::documents
