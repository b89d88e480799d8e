#pragma once

#include <string>

namespace catalog {

/// A name of 26 lower-case letters and digits that nobody can guess (128 bits of the system's
/// randomness); a valid id. Throws where the system has none.
std::string random_id();

} // namespace catalog
