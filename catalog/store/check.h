#pragma once

#include "catalog/store/catalog.h"
#include "catalog/store/data_folder.h"

#include <string>
#include <vector>

namespace catalog::store {

/// Proves the invariants of a data folder: rows and files agree (existence, size), indexes name only
/// whole segments, nothing ready lacks a rendition, upload offsets are within their sizes, no two
/// leases on a job, windows are well-formed, the database's own integrity. A sentence for each one
/// that is broken. May run beside a server.
std::vector<std::string> check(Catalog& catalog, const DataFolder& folder);

} // namespace catalog::store
