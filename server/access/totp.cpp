#include "server/access/totp.h"

#include "server/access/department_code.h"
#include "server/http/target.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace server::access {
namespace {

constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t secret_bytes = 20;
constexpr std::chrono::seconds step_length{30};
constexpr std::size_t digits = 6;
constexpr std::uint32_t modulus = 1'000'000;
constexpr int recovery_codes = 10;

std::string encoded(std::string_view bytes) {
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(byte);
        for (bits += 8; bits >= 5; bits -= 5) {
            text += base32[(held >> (bits - 5)) & 31U];
        }
    }
    if (bits > 0) {
        text += base32[(held << (5 - bits)) & 31U];
    }
    return text;
}

std::string decoded(std::string_view text) {
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char letter : text) {
        const auto value = base32.find(letter);
        if (value == std::string_view::npos) {
            throw std::invalid_argument("a secret that is no base32");
        }
        held = (held << 5U) | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((held >> bits) & 0xFFU);
        }
    }
    return bytes;
}

/// The digits alone, full-width ones (U+FF10 to U+FF19) as their narrow ones; empty where something else is there.
std::string typed_digits(std::string_view typed) {
    std::string result;
    for (std::size_t at = 0; at < typed.size(); ++at) {
        const auto rest = typed.substr(at);
        if (rest.size() >= 3 && rest.starts_with("\xEF\xBC") && rest[2] >= '\x90' && rest[2] <= '\x99') {
            result += static_cast<char>('0' + (rest[2] - '\x90'));
            at += 2;
        } else if (rest.starts_with("\xE3\x80\x80")) {
            at += 2;
        } else if (typed[at] >= '0' && typed[at] <= '9') {
            result += typed[at];
        } else if (typed[at] != ' ') {
            return {};
        }
    }
    return result;
}

} // namespace

std::string random_totp_secret() {
    std::array<char, secret_bytes> random{};
    randombytes_buf(random.data(), random.size());
    return encoded({random.data(), random.size()});
}

std::int64_t totp_step(catalog::time::UtcTime at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()) / step_length;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
    const auto key = decoded(secret);
    std::array<unsigned char, 8> counter{};
    for (std::size_t at = 0; at < counter.size(); ++at) {
        counter[at] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (7 - at)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(),
             mac.data(), &size) == nullptr) {
        throw std::runtime_error("libcrypto made no HMAC");
    }
    // RFC 4226, 5.3: four bytes from where the last half byte says, without their sign.
    const std::size_t from = mac[size - 1] & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < 4; ++at) {
        number = (number << 8U) | mac[from + at];
    }
    auto code = std::to_string((number & 0x7FFFFFFFU) % modulus);
    return std::string(digits - code.size(), '0') + code;
}

std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view typed,
                                         catalog::time::UtcTime now) {
    const auto code = typed_digits(typed);
    if (code.size() != digits) {
        return std::nullopt;
    }
    const auto present = totp_step(now);
    for (const auto step : {present, present - 1, present + 1}) {
        if (sodium_memcmp(totp_code(secret, step).data(), code.data(), digits) == 0) {
            return step;
        }
    }
    return std::nullopt;
}

std::string totp_uri(std::string_view issuer, std::string_view name, std::string_view secret) {
    const auto who = http::percent_encoded(issuer);
    return "otpauth://totp/" + who + ":" + http::percent_encoded(name) + "?secret=" + std::string(secret) +
           "&issuer=" + who + "&algorithm=SHA1&digits=6&period=30";
}

std::vector<std::string> random_recovery_codes() {
    std::vector<std::string> codes;
    for (int at = 0; at < recovery_codes; ++at) {
        codes.push_back(random_department_code());
    }
    return codes;
}

} // namespace server::access
