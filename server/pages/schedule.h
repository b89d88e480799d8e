#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// The fiscal year that runs.
std::chrono::year current_year(const Library& library);

/// `schedule` and `other_years`: the sessions of a fiscal year by series, and links to the years that
/// have some. Sessions without a day are of the year that runs.
void put_schedule(const Library& library, std::chrono::year year, Data& content);

/// The sessions and lectures of a fiscal year, "2021". Refuses not_found where it has none.
http::Reply year_page(const Library& library, std::string_view year);

} // namespace server::pages
