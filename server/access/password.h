#pragma once

#include "server/access/secret.h"

#include <string>

namespace server::access {

/// argon2id with a salt of its own, as libsodium writes it: 64 MiB, about a tenth of a second.
/// Throws std::runtime_error where there is no memory for it.
std::string hash_password(const Secret& password);

bool matches(const std::string& hash, const Secret& password);

/// Takes as long as `matches` does, for names that nobody has.
void pretend_to_match(const Secret& password);

} // namespace server::access
