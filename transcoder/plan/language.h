#pragma once

#include <string>
#include <string_view>

namespace transcoder::plan {

/// The BCP 47 tag of a language that a container names: by ISO 639-2 (either list), which gets its
/// two letters where it has some, or by a tag already. Empty where it names none (`und`, `mul`, what
/// is kept for private use) or is no tag. Safe as a part of a file's name.
std::string language_tag(std::string_view name);

/// The three letters (ISO 639-2/T) that containers know a tag's language by; empty where there are none.
std::string three_letters(std::string_view tag);

} // namespace transcoder::plan
