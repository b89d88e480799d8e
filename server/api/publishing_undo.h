#pragma once

#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <vector>

namespace server::api {

/// Whether an entry of the audit log can be undone: it changed who sees something when, and what it changed is still
/// as it left it.
enum class Undoing { no, changed_since, possible };
Undoing undoing_of(catalog::store::Catalog& catalog, const catalog::store::AuditLog::Entry& entry);

/// Puts publication, audience and window back to what they were before `kept`, and appends that to the log. Gives the
/// videos of which a window or publication is another now.
/// Refuses conflict: it cannot be undone, or something has changed since. Inside a transaction of the caller.
catalog::Result<std::vector<catalog::VideoId>> undo(catalog::store::Catalog& catalog,
                                                    const catalog::store::AuditLog::Kept& kept,
                                                    const catalog::AccountId& account,
                                                    catalog::time::UtcTime now,
                                                    const catalog::time::Zone& zone);

} // namespace server::api
