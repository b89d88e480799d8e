#pragma once

#include "server/access/secret.h"

#include <string>
#include <string_view>

namespace server::access {

/// Ten letters and digits that are not taken for one another, in two fives: K7QF9-3MTXW (49 bits). The
/// pauses after wrong ones make guessing it hopeless.
std::string random_department_code();

/// As it was made, from what somebody typed: small letters, full-width ones, blanks and hyphens between.
/// What is no such code is given back as it is.
Secret typed_code(std::string_view typed);

} // namespace server::access
