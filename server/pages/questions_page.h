#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// Questions to the advisers: what was answered, in batches, as far as who looks may watch what it is about;
/// what they asked themselves, and the form to ask.
http::Reply questions_page(const Library& library);

/// What an adviser's private link opens: the questions that were routed to it, with fields for answers. 404 where it opens
/// nothing any more.
http::Reply adviser_page(const Library& library, const std::string& token);

/// Published ones about a video: text, answer, batch, time and href (none: of the whole).
List told_questions(const Library& library, const catalog::Video& video);

} // namespace server::pages
