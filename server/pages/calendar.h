#pragma once

#include "server/pages/library.h"

namespace server::pages {

/// The sessions that have a day, as iCalendar (RFC 5545): subscribed to, or of one session alone where
/// `session` is not empty. A changed or cancelled one keeps its UID, with a higher SEQUENCE.
/// Refuses not_found where that session is unknown or has no day yet.
http::Reply calendar(const Library& library, const catalog::SessionId& session);

} // namespace server::pages
