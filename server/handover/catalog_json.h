#pragma once

#include "catalog/time/zone.h"
#include "server/handover/file_names.h"
#include "server/settings.h"

#include <string>

namespace server::handover {

/// What `catalog.json` tells: all that is in `contents`, and where its files lie in the handover.
/// Instants are RFC 3339, lengths seconds.
std::string catalog_json(const Contents& contents, const FileNames& names,
                         const Settings::Site& site, catalog::time::UtcTime now);

} // namespace server::handover
