#pragma once

#include <optional>
#include <string_view>

namespace catalog::caption_file {

/// What a file of another kind is called, by its first bytes: "PDF", "PNGの画像". Nothing where
/// they are no known file's.
std::optional<std::string_view> other_kind_of_file(std::string_view bytes);

} // namespace catalog::caption_file
