#pragma once

namespace catalog::store {

class Connection;

/// The sixth form of the file: who watched which seconds, at how many a screen, and who came to sessions.
void add_watching(Connection& connection);

} // namespace catalog::store
