#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace server::live::rtmp {

/// The first `size` bytes of `bytes`, which are there, as a number.
inline std::uint32_t read_number(std::string_view bytes, std::size_t size) {
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < size; ++at)
        number = number << 8 | static_cast<unsigned char>(bytes[at]);
    return number;
}

inline void append_number(std::string& bytes, std::uint32_t number, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<char>(number >> shift & 0xff));
}

} // namespace server::live::rtmp
