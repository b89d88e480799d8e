#pragma once

namespace catalog::store {

class Connection;

/// The first migration: all tables, and the municipalities.
void make_first_form(Connection& connection);

} // namespace catalog::store
