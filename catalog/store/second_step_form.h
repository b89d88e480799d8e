#pragma once

namespace catalog::store {

class Connection;

/// Form 10: accounts have a second step of signing in.
void add_second_steps(Connection& connection);

} // namespace catalog::store
