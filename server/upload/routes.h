#pragma once

#include "server/http/router.h"
#include "server/services.h"

namespace server::upload {

/// tus 1.0 (https://tus.io/protocols/resumable-upload) at /api/uploads, for the secretariat.
/// `services` outlives the router.
void add_routes(http::Router& router, Services& services);

} // namespace server::upload
