#pragma once

#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace server::api {

/// M of server/README.md: a material with the files that it had.
nlohmann::json material_json(catalog::store::Catalog& catalog, const catalog::Material& material);
nlohmann::json materials_json(catalog::store::Catalog& catalog, const std::vector<catalog::Material>& materials);

/// For the audit log: what PATCH can change, as it is.
nlohmann::json changeable_fields(const catalog::Material& material);

/// What was seen of the fields of its form. Whether it is published is none of them, nor is its file.
std::string version_of(const catalog::Material& material);

/// `material` with what `fields` (the body of PATCH) change of it.
/// Refuses (invalid) an unknown field, and a value that is none.
catalog::Result<catalog::Material> changed(catalog::Material material, const nlohmann::json& fields,
                                           const catalog::time::Zone& zone);

} // namespace server::api
