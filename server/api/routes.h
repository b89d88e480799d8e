#pragma once

#include "server/http/router.h"
#include "server/services.h"

namespace server::api {

/// The JSON addresses of server/README.md, one subject each. `services` outlives the router.
void add_sign_in(http::Router& router, Services& services);
void add_videos(http::Router& router, Services& services);
void add_downloads(http::Router& router, Services& services);
void add_watching(http::Router& router, Services& services);
void add_questions(http::Router& router, Services& services);
void add_search(http::Router& router, Services& services);
void add_materials(http::Router& router, Services& services);
void add_desk_videos(http::Router& router, Services& services);
void add_desk_chapters(http::Router& router, Services& services);
void add_desk_captions(http::Router& router, Services& services);
void add_desk_clips(http::Router& router, Services& services);
void add_desk_withdrawals(http::Router& router, Services& services);
void add_desk_live(http::Router& router, Services& services);
void add_desk_accounts(http::Router& router, Services& services);
void add_desk_audit(http::Router& router, Services& services);
void add_second_step(http::Router& router, Services& services);
void add_desk_report(http::Router& router, Services& services);
void add_desk_departments(http::Router& router, Services& services);
void add_desk_tables(http::Router& router, Services& services);
void add_desk_sessions(http::Router& router, Services& services);
void add_desk_materials(http::Router& router, Services& services);
void add_desk_notices(http::Router& router, Services& services);
void add_adviser_links(http::Router& router, Services& services);
void add_desk_windows(http::Router& router, Services& services);
void add_desk_see_as(http::Router& router, Services& services);
void add_desk_choices(http::Router& router, Services& services);
void add_line_check(http::Router& router, Services& services);
void add_health(http::Router& router);

} // namespace server::api
