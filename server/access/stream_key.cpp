#include "server/access/stream_key.h"

#include "server/access/random.h"

#include <sodium.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace server::access {
namespace {

constexpr std::size_t key_bytes = 16;

template <std::size_t Size> std::string hex_of(const std::array<unsigned char, Size>& bytes) {
    std::string digits(2 * Size + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();
    return digits;
}

/// Whole or not at all, and readable by its owner alone.
void write_secret(const std::filesystem::path& file, const std::string& secret) {
    const auto draft = file.string() + ".new";
    const int descriptor =
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    const bool is_written = descriptor >= 0 &&
                            ::write(descriptor, secret.data(), secret.size()) ==
                                static_cast<ssize_t>(secret.size()) &&
                            ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!is_written)
        throw std::runtime_error(draft + " cannot be written");
    std::filesystem::rename(draft, file);
}

} // namespace

std::string random_stream_key() {
    // The first half of a token's hash is as random as the token.
    return token_hash(random_token()).substr(0, 2 * key_bytes);
}

StreamSecret StreamSecret::load(const std::filesystem::path& secrets) {
    const auto file = secrets / "stream-secret";
    if (!std::filesystem::exists(file))
        write_secret(file, random_token());
    std::ifstream stream(file, std::ios::binary);
    std::string secret;
    std::getline(stream, secret);
    if (secret.size() != random_token().size())
        throw std::runtime_error(file.string() + " is no secret of streams: remove it, and a new "
                                                 "one is made");
    return StreamSecret(std::move(secret));
}

std::string StreamSecret::passphrase(const std::string& key) const {
    std::array<unsigned char, key_bytes> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(key.data()),
                       key.size(), reinterpret_cast<const unsigned char*>(secret_.data()),
                       secret_.size());
    return hex_of(hash);
}

} // namespace server::access
