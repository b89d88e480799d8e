#pragma once

#include <string>

namespace server::access {

/// 256 random bits, base64url: what a cookie holds.
std::string random_token();

/// Hex of SHA-256, under which a token is stored.
std::string token_hash(const std::string& token);

} // namespace server::access
