#pragma once

#include "catalog/import.h"
#include "catalog/store/catalog.h"

namespace catalog::store {

/// Puts all of it in one transaction. Idempotent: what the file says replaces what it said before;
/// what belongs to the running site (a video's recording, a material's file) stays.
void import_into(Catalog& catalog, const ImportedCatalog& imported);

} // namespace catalog::store
