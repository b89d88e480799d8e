#pragma once

#include <string>

namespace catalog {

/// The demo's import file, as text.
std::string demo_file();

} // namespace catalog
