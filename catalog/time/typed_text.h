#pragma once

#include <string>
#include <string_view>

namespace catalog::time {

/// A text of dates as it would be typed on a plain keyboard: ASCII for full-width letters, digits and brackets, in small letters;
/// "~" for every wave and dash that stands for から, (火) for ㈫, a blank for other blanks. The rest stays. UTF-8.
std::string typed_text(std::string_view text);

} // namespace catalog::time
