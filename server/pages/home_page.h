#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// What is next, the lectures by the day on which they close, news, the year's schedule.
http::Reply home_page(const Library& library);

} // namespace server::pages
