#pragma once

namespace catalog::store {

class Connection;

/// Advisers answer the questions routed to them by private links.
void add_adviser_links(Connection& connection);

} // namespace catalog::store
