#pragma once

namespace catalog::store {

class Connection;

/// The fifth form of the file: how often what calendars show of a session has changed, and when last.
void add_session_revisions(Connection& connection);

} // namespace catalog::store
