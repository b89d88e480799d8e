#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// A session: its programme, date and place, recordings, materials with their windows.
http::Reply session_page(const Library& library, const catalog::SessionId& id);

/// Puts when, status, status_words, cancelled and replaced_by of a session into `data`.
void put_status(const Library& library, const catalog::Session& session, Data& data);

} // namespace server::pages
