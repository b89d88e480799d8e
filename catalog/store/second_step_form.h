#pragma once

namespace catalog::store {

class Connection;

/// Form 11: accounts have a second step of signing in.
void add_second_steps(Connection& connection);

} // namespace catalog::store
