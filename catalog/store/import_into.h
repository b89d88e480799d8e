#pragma once

#include "catalog/import.h"
#include "catalog/store/catalog.h"

namespace catalog::store {

/// Puts all of it in one transaction. Idempotent: what the file says replaces what it said before;
/// what belongs to the running site (a video's recording, span and publication, a material's file)
/// stays. A series that is referred to, but that neither the file nor the catalog has, is made.
void import_into(Catalog& catalog, const ImportedCatalog& imported);

} // namespace catalog::store
