#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace server::http {

/// Whether a request's target may be looked at: origin form; visible ASCII; every %xx well-formed,
/// none a control character or a slash; once decoded it is UTF-8 without dot segments.
bool is_admissible_target(std::string_view target);

/// Decodes every %xx. Nothing where one is not well-formed.
std::optional<std::string> percent_decoded(std::string_view text);
/// Encodes all but unreserved characters.
std::string percent_encoded(std::string_view text);

bool is_utf8(std::string_view text);

} // namespace server::http
