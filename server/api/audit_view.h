#pragma once

#include "catalog/store/catalog.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::api {

/// What the desk's log may be narrowed to: "publishing", "videos", "sessions", …, by the words of its address.
/// Nothing for a word that is none.
std::optional<catalog::store::AuditLog::Wanted> wanted_of(std::string_view group);

/// E of server/README.md: an entry as people read it, with the names of what it is about.
nlohmann::json entry_json(catalog::store::Catalog& catalog, const catalog::store::AuditLog::Kept& kept);

/// `[{"id","name"}]` of whoever is in the log: `""` is the command line, `null` a name that is gone.
nlohmann::json accounts_json(catalog::store::Catalog& catalog);

} // namespace server::api
