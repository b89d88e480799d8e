#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// What stands around a page that the secretariat looks at as somebody else.
struct SeenAs {
    std::string whom;    ///< 千代田区 環境課
    std::string when;    ///< 12月28日(火) 23:59
    std::string query;   ///< that says both, as the address has it, without the page
};

/// The page at `address` ("/", "/sessions/…", "/videos/…" and its transcript, "/years/…", "/materials/…/pages"), made for the viewer and the instant
/// of the library's visit by the code that makes it for them, with a bar above it that says so. Its links stay among such pages,
/// or are none; nothing on it signs in, asks, or is counted, and what is played on it is a preview. Any other address is
/// answered by a page that says that it cannot be looked at in this way.
http::Reply seen_as_page(const Library& library, const std::string& address, const SeenAs& as);

} // namespace server::pages
