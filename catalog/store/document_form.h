#pragma once

namespace catalog::store {

class Connection;

/// Pages of handouts, the work of making them, and the index of what stands on them. Triggers have a
/// document wait wherever a handout gets a file.
void add_documents(Connection& connection);

} // namespace catalog::store
