#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// A file's text in UTF-8, whether it is in that or in CP932, as spreadsheets of offices save it.
/// Nothing where it is in neither.
std::optional<std::string> utf8_of(std::string_view bytes);

} // namespace catalog
