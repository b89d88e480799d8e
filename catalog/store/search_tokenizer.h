#pragma once

struct sqlite3;

namespace catalog::store {

/// Teaches a connection the tokenizer `kiroku` of FTS5: `catalog::search::grams`. A database whose
/// search tables were made with it cannot be searched or changed without it. Throws where it cannot.
void add_search_tokenizer(sqlite3* database);

} // namespace catalog::store
