#pragma once

#include "server/access/grant.h"
#include "server/http/router.h"
#include "server/play/play.h"
#include "server/play/play_table.h"
#include "server/services.h"

namespace server::api {

/// `{"url", "until", "now", "captions", "stills", "live"}` of a grant that was just given.
http::Task<http::Reply> playing_reply(const Services& services, access::Grant grant);

} // namespace server::api
