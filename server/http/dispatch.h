#pragma once

#include "server/http/body_reader.h"
#include "server/http/site.h"

namespace server::http {

/// Answers a request by the table of routes: finds its route, asks who it is and whether that one
/// may, reads the body as the route says, and calls the handler. Never throws: a handler that did is
/// answered 500 and logged. Where it returns before the body was read, the body is left unread.
Task<Reply> dispatch(const Site& site, Request& request, BodyReader& body);

} // namespace server::http
