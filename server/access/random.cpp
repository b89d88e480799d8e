#include "server/access/random.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace server::access {
namespace {

void make_ready() {
    static const int made = sodium_init();
    if (made < 0)
        throw std::runtime_error("libsodium cannot be used on this machine.");
}

} // namespace

std::string random_token() {
    make_ready();
    std::array<unsigned char, 32> random{};
    randombytes_buf(random.data(), random.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(32, variant)> text{};
    return sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), variant);
}

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
