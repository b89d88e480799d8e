#pragma once

namespace catalog::store {

class Connection;

/// What was withdrawn of recordings.
void add_withdrawals(Connection& connection);

} // namespace catalog::store
