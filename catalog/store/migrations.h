#pragma once

namespace catalog::store {

class Connection;

/// The form of the file that this program writes: how many migrations there are.
int newest_form();

/// Brings the file from `form` to the newest one. Each step in a transaction of its own, so that a
/// process that was killed leaves a file of one form or the next.
void migrate(Connection& connection, int form);

} // namespace catalog::store
