#include "server/access/department_code.h"

#include <sodium.h>

#include <cctype>

namespace server::access {
namespace {

/// Neither 0 nor O, neither 1 nor I nor L.
constexpr std::string_view letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::size_t half = 5;

/// Full-width letters, digits and hyphens (U+FF01 to U+FF5E) as their narrow ones.
std::string narrow(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
        if (at + 2 < text.size() && byte(0) == 0xEF && (byte(1) == 0xBC || byte(1) == 0xBD)) {
            const unsigned code = 0xF000U | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
            if (code > 0xFF00 && code < 0xFF5F) {
                result += static_cast<char>(code - 0xFF00 + ' ');
                at += 2;
                continue;
            }
        }
        result += text[at];
    }
    return result;
}

} // namespace

std::string random_department_code() {
    std::string code;
    for (std::size_t at = 0; at < 2 * half; ++at) {
        code += at == half ? "-" : "";
        code += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    }
    return code;
}

Secret typed_code(std::string_view typed) {
    std::string code;
    for (const char letter : narrow(typed)) {
        const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
        if (letters.find(upper) != std::string_view::npos) {
            code += upper;
            code += code.size() == half ? "-" : "";
        } else if (letter != ' ' && letter != '-') {
            return Secret(std::string(typed));
        }
    }
    return code.size() == 2 * half + 1 ? Secret(std::move(code)) : Secret(std::string(typed));
}

} // namespace server::access
