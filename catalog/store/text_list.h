#pragma once

#include <string>
#include <vector>

namespace catalog::store {

/// A list of words as the JSON array that stands in one column.
std::string to_column(const std::vector<std::string>& words);
/// Throws where the column holds no array of words.
std::vector<std::string> words_in_column(const std::string& column);

} // namespace catalog::store
