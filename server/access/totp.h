#pragma once

#include "catalog/time/utc_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::access {

/// One-time codes of an authenticator app: RFC 6238 with SHA-1, six digits and 30 seconds, which is what all of
/// those apps speak.

/// 160 random bits in base32 (RFC 4648), as apps take them.
std::string random_totp_secret();

/// How many whole steps have gone by since 1970.
std::int64_t totp_step(catalog::time::UtcTime at);

/// The six digits of a step. `secret` in base32; throws std::invalid_argument where it is none.
std::string totp_code(std::string_view secret, std::int64_t step);

/// The step that a typed code is of: the present one, or one of its neighbours, since clocks differ. Nothing where it
/// is of none. Blanks and full-width digits are taken as people type them.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view typed,
                                         catalog::time::UtcTime now);

/// What an app reads from the QR code: otpauth://totp/ISSUER:NAME?secret=…&issuer=ISSUER.
std::string totp_uri(std::string_view issuer, std::string_view name, std::string_view secret);

/// Ten codes that stand in for a lost app, once each: "4F7K2-M9QXT".
std::vector<std::string> random_recovery_codes();

} // namespace server::access
