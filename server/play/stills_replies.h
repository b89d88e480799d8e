#pragma once

#include "server/play/replies.h"
#include "server/play/stills.h"

#include <optional>

namespace server::play {

/// A picture or an index of them. Nothing where `stills` has none of that name. Throws where a
/// picture that is there cannot be opened.
std::optional<http::Reply> still(const Stills& stills, std::string_view name,
                                 const Freshness& fresh);

} // namespace server::play
