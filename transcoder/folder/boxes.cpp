#include "transcoder/folder/boxes.h"

#include <stdexcept>

namespace transcoder::folder {

void cannot_be_read_back() { throw std::runtime_error("a finished rendition cannot be read back"); }

std::string_view Fields::take(std::size_t count) {
    if (count > rest_.size())
        cannot_be_read_back();
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

std::uint64_t Fields::number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : take(size))
        value = value << 8U | static_cast<unsigned char>(byte);
    return value;
}

BoxHeader take_header(Fields& fields) {
    const std::uint64_t size = fields.u32();
    if (size < box_header)
        cannot_be_read_back();
    return {size, fields.take(4)};
}

std::string_view body_at(std::string_view boxes, std::string_view path) {
    const auto slash = path.find('/');
    for (Fields fields(boxes); !fields.empty();) {
        const auto header = take_header(fields);
        const auto body = fields.take(header.size - box_header);
        if (header.type == path.substr(0, slash))
            return slash == std::string_view::npos ? body : body_at(body, path.substr(slash + 1));
    }
    cannot_be_read_back();
}

} // namespace transcoder::folder
