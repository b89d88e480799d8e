#include "server/access/random.h"

#include <sodium.h>

#include <array>
#include <span>
#include <stdexcept>

namespace server::access {
namespace {

void make_ready() {
    static const int made = sodium_init();
    if (made < 0)
        throw std::runtime_error("libsodium cannot be used on this machine.");
}

std::string to_base64url(std::span<const unsigned char> bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back(); // the terminating zero
    return text;
}

template <std::size_t bytes> std::string random_text() {
    make_ready();
    std::array<unsigned char, bytes> random{};
    randombytes_buf(random.data(), random.size());
    return to_base64url(random);
}

} // namespace

std::string random_name() {
    for (;;) {
        auto name = random_text<16>();
        if (name.front() != '-' && name.front() != '_')
            return name;
    }
}

std::string random_token() { return random_text<32>(); }

std::string token_hash(const std::string& token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()),
                       token.size());
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

} // namespace server::access
