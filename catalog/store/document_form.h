#pragma once

namespace catalog::store {

class Connection;

/// Pages of handouts, the work of making them, and the index of what stands on them. Triggers have a
/// document wait wherever a handout gets a file.
void add_documents(Connection& connection);

/// Chapters know which item of a programme begins with them.
void add_items_to_chapters(Connection& connection);

} // namespace catalog::store
