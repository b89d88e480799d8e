#pragma once

namespace catalog::store {

class Connection;

/// Form 10: accounts have more roles, can be disabled, know their last sign-in, and get a password by a link.
void add_desk_accounts(Connection& connection);

} // namespace catalog::store
