#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// 視聴環境チェック: looks at what a viewer's place carries, says so in plain words, and sets it.
http::Reply check_page(const Library& library);
/// What a viewer's place must let pass, to be printed for who runs its network.
http::Reply requirements_page(const Library& library);
/// What viewers' places were found to carry, for the secretariat.
http::Reply checks_page(const Library& library);

} // namespace server::pages
