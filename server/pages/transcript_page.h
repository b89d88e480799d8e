#pragma once

#include "server/pages/library.h"

#include <string>

namespace server::pages {

/// What is said in a video, to be read and printed, in the captions of `language` (empty: the site's,
/// else the first). For whom may watch it now; else the watch page's answer. Refuses not_found where it
/// has no captions.
http::Reply transcript_page(const Library& library, const catalog::VideoId& id,
                            const std::string& language);

} // namespace server::pages
