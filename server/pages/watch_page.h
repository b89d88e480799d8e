#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// As viewers see it, or as the secretariat looks at it before they do.
enum class Look { viewing, preview };

/// The page on which a video is watched; or, with the status of the refusal, why it cannot be.
http::Reply watch_page(const Library& library, const catalog::VideoId& id, Look look);

} // namespace server::pages
