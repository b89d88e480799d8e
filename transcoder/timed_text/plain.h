#pragma once

#include "transcoder/av/text_decoder.h"

#include <optional>
#include <string>
#include <string_view>

namespace transcoder::timed_text {

/// Text without what nobody sees: control characters, spaces around lines, empty lines. None where it
/// is not UTF-8.
std::optional<std::string> cleaned(std::string_view text);

/// The text of an event as `av::TextDecoder` gives it: its fields and override codes taken off, its
/// lines apart; not cleaned.
std::string without_codes(std::string_view event, av::TextDecoder::Markup markup);

} // namespace transcoder::timed_text
