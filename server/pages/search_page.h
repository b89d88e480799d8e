#pragma once

#include "server/pages/library.h"

#include <string>

namespace server::pages {

/// What is found of what was typed; the empty form where nothing was.
http::Reply search_page(const Library& library, const std::string& typed);

} // namespace server::pages
