#pragma once

namespace catalog::store {

class Connection;

/// A form of the file: departments that sign in with a code or a link.
void add_department_access(Connection& connection);

} // namespace catalog::store
