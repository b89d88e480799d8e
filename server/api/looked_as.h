#pragma once

#include "catalog/audience.h"
#include "catalog/store/catalog.h"
#include "catalog/time/utc_time.h"
#include "server/http/request.h"

#include <string>

namespace server::api {

/// Somebody whom the secretariat looks at the site as, and the instant of it.
struct LookedAs {
    std::string kind;        ///< "anonymous", "staff", "adviser"
    catalog::Viewer viewer;  ///< that a sign-in of theirs would give
    catalog::time::UtcTime at;
};

/// What the query says: `viewer`, of staff `municipality` and `department` (missing: one that is registered for nothing), and
/// `at` (missing: `now`). Refuses (invalid) what says nobody, or no instant.
catalog::Result<LookedAs> looked_as(catalog::store::Catalog& catalog, const http::Request& request, catalog::time::UtcTime now);

} // namespace server::api
