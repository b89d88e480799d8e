#pragma once

#include <string_view>

namespace catalog::store {

/// `catalog/municipalities.json` as it was when the program was built.
std::string_view seeded_municipalities();

} // namespace catalog::store
