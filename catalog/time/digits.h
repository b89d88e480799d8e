#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace catalog::time {

/// Takes exactly `count` decimal digits from the front of `text`. Nothing, and `text` as it was,
/// where others stand there. `count` is at most nine.
std::optional<int> take_digits(std::string_view& text, std::size_t count);

/// Takes `expected` from the front of `text`; false, and `text` as it was, where another stands there.
bool take(std::string_view& text, char expected);

/// Decimal digits, with zeros in front up to `width`.
std::string padded(long number, std::size_t width);

} // namespace catalog::time
