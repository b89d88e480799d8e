#include "server/access/password.h"

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

std::string hash_password(const Secret& password) {
    make_ready();
    std::array<char, crypto_pwhash_argon2id_STRBYTES> hash{};
    const auto& text = password.reveal();
    if (crypto_pwhash_argon2id_str(hash.data(), text.data(), text.size(),
                                   crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                   crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) != 0)
        throw std::runtime_error("There is not enough memory to hash a password.");
    return hash.data();
}

bool matches(const std::string& hash, const Secret& password) {
    make_ready();
    const auto& text = password.reveal();
    return hash.size() < crypto_pwhash_argon2id_STRBYTES &&
           crypto_pwhash_argon2id_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

void pretend_to_match(const Secret& password) {
    static const std::string nobodys = hash_password(Secret("nobody has this one"));
    matches(nobodys, password);
}

} // namespace server::access
