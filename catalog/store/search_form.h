#pragma once

namespace catalog::store {

class Connection;

/// The fourth form of the file: everything that can be searched for, kept up by triggers.
void add_search(Connection& connection);

} // namespace catalog::store
