#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// How a handout is read.
enum class Reading {
    pictures,  ///< its pages as they look, the text of each beside them
    text,      ///< its text alone: what a thin line or an ear takes
};

/// A handout's pages, one after the other; without pages, why there are none. Refused where it cannot be had.
http::Reply material_page(const Library& library, const catalog::MaterialId& id, Reading reading);

/// Where it is read; `page` from 1 on, 0: from its beginning.
std::string address_of_pages(const catalog::MaterialId& id, int page = 0);

} // namespace server::pages
