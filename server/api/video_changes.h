#pragma once

#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <nlohmann/json.hpp>

namespace server::api {

/// `video` with what `fields` (the body of PATCH /api/desk/videos/<id>) change of it.
/// Refuses (invalid) an unknown field, a value that is none, a series or session that is not there,
/// a window that ends before it begins; the sentence is for people and names the field.
catalog::Result<catalog::Video> changed(catalog::Video video, const nlohmann::json& fields,
                                        catalog::store::Catalog& catalog,
                                        const catalog::time::Zone& zone);

/// For the audit log: what PATCH can change, as it is.
nlohmann::json changeable_fields(const catalog::Video& video);

/// What was seen of the fields of its form. Whether it is published is none of them.
std::string version_of(const catalog::Video& video);

} // namespace server::api
