#include "catalog/random_id.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace catalog {

std::string random_id() {
    std::array<std::uint8_t, 16> bytes{};
    // Up to 256 bytes come whole, and are not interrupted (getrandom(2)).
    if (::getrandom(bytes.data(), bytes.size(), 0) < 0) {
        throw std::system_error(errno, std::generic_category(), "no random bytes");
    }
    constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
    constexpr unsigned bits_a_digit = 5;
    std::string text;
    unsigned pending = 0;
    unsigned pending_bits = 0;
    for (const std::uint8_t byte : bytes) {
        pending = pending << 8 | byte;
        pending_bits += 8;
        while (pending_bits >= bits_a_digit) {
            pending_bits -= bits_a_digit;
            text += digits[pending >> pending_bits & 31U];
        }
    }
    text += digits[pending << (bits_a_digit - pending_bits) & 31U];
    return text;
}

} // namespace catalog
