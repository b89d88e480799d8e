#pragma once

#include "catalog/result.h"
#include "server/http/status.h"

#include <string_view>

namespace server::http {

/// The one map of refusals to what is answered.
Status status_of(catalog::Refusal kind);
/// The word in `{"error": {"kind": …}}`.
std::string_view word_of(catalog::Refusal kind);

} // namespace server::http
