#pragma once

namespace catalog::store {

class Connection;

/// A form of the file: what viewers' places were found to carry.
void add_line_checks(Connection& connection);

} // namespace catalog::store
