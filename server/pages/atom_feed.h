#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// What is new, as Atom (RFC 4287), the newest first: news, and videos since they opened. The same for
/// everybody, as lists are.
http::Reply atom_feed(const Library& library);

} // namespace server::pages
