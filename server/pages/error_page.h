#pragma once

#include "catalog/result.h"
#include "server/pages/visit.h"

namespace server::pages {

/// A refusal, calmly.
http::Reply error_page(const Visit& visit, const catalog::Error& error);
/// 500: our fault, not theirs.
http::Reply failure_page(const Visit& visit);

} // namespace server::pages
