#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// The secretariat's desk: a frame that its script fills. `video` is empty for the list of all.
http::Reply desk_page(const Library& library, const catalog::VideoId& video);

/// The desk at its report of who took part.
http::Reply desk_report_page(const Library& library);

/// The page to sign in on; who is signed in already is sent on. `next`: where to, if it is ours.
http::Reply sign_in_page(const Visit& visit, const std::string& next);

} // namespace server::pages
