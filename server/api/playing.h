#pragma once

#include "server/access/grant.h"
#include "server/http/router.h"
#include "server/play/play.h"
#include "server/play/play_table.h"
#include "server/services.h"

namespace server::api {

/// Whether a viewer may have a video now: what everything asks that follows from playing it.
/// Refuses not_found, and as `catalog::admit` does.
catalog::Result<void> admit_to(const Services& services, const catalog::VideoId& id,
                               const catalog::Viewer& viewer);

/// `{"url", "until", "now", "captions", "stills", "sound", "live", "place_s"}` of a grant that was just
/// given to `account`, which may be empty.
http::Task<http::Reply> playing_reply(const Services& services, access::Grant grant,
                                      catalog::AccountId account);

/// The same of all of the recording of which the video shows a part, for the secretariat's preview.
http::Reply whole_reply(const Services& services, const access::Grant& grant);

} // namespace server::api
