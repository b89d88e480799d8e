#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// The secretariat's desk: a frame that its script fills. `video` is empty for the list of all; `place`
/// names another of its pages.
http::Reply desk_page(const Library& library, const catalog::VideoId& video,
                      std::string_view place = "");
/// The same about a session.
http::Reply desk_page(const Library& library, const catalog::SessionId& session);

/// Where the secretariat chooses what a video shows of its recording: a frame that its script fills.
http::Reply clip_page(const Library& library, const catalog::VideoId& video);
/// Likewise where it takes back parts of the recording for good.
http::Reply withdraw_page(const Library& library, const catalog::VideoId& video);

/// The page to sign in on; who is signed in already is sent on. `next`: where to, if it is ours.
http::Reply sign_in_page(const Library& library, const std::string& next);

/// The page of a department's invitation link. It signs nobody in by itself: programs look at links.
http::Reply join_page(const Library& library, const std::string& invitation);

/// Where who has the desk, or owes a second step before having it, sees to their own account.
http::Reply security_page(const Library& library);

/// The page of a link with which an account's password is set, once.
http::Reply password_page(const Library& library, const std::string& link);

} // namespace server::pages
