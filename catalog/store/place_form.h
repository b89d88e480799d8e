#pragma once

namespace catalog::store {

class Connection;

/// The third form of the file: how far each account watched each video.
void add_watch_places(Connection& connection);

} // namespace catalog::store
