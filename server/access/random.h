#pragma once

#include <string>

namespace server::access {

/// A name that nobody can guess or has had before: 128 random bits as 22 letters, digits, '-', '_',
/// the first of them a letter or digit.
std::string random_name();

/// 256 random bits, base64url: what a cookie holds.
std::string random_token();

/// Hex of SHA-256, under which a token is stored.
std::string token_hash(const std::string& token);

} // namespace server::access
