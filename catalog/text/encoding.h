#pragma once

#include "catalog/result.h"

#include <string>
#include <string_view>

namespace catalog::text {

struct DecodedText {
    std::string text;     ///< UTF-8, without a byte order mark, a NUL
    std::string encoding; ///< "UTF-8", "UTF-16LE", "UTF-16BE", "CP932", "EUC-JP", "ISO-2022-JP"
};

/// The text of a file's bytes. A byte order mark decides; then whatever is valid from end to end:
/// UTF-16 whose arrows (-->) can be seen, ISO-2022-JP, UTF-8, CP932 or EUC-JP.
/// Refuses (invalid) what is valid in none, naming the first line that is not.
Result<DecodedText> decode(std::string_view bytes);

} // namespace catalog::text
