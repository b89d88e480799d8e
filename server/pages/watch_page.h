#pragma once

#include "server/pages/library.h"

namespace server::pages {

enum class Look {
    viewing,  ///< as viewers see it
    preview,  ///< as the secretariat looks at it before they do, whatever the window
    seen_as,  ///< the page that viewers would see, or why they would not; what the secretariat plays on it is a preview
};

/// The page on which a video is watched; or, with the status of the refusal, why it cannot be.
http::Reply watch_page(const Library& library, const catalog::VideoId& id, Look look);

} // namespace server::pages
