#pragma once

namespace catalog::store {

class Connection;

/// The second form of the file: live streams, and recordings that are live.
void add_live_streams(Connection& connection);

} // namespace catalog::store
