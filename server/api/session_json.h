#pragma once

#include "catalog/session.h"
#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <nlohmann/json.hpp>

#include <string>

namespace server::api {

/// What PATCH can change of a session, as it is: fields of S in server/README.md.
nlohmann::json session_fields(const catalog::Session& session, const catalog::time::Zone& zone);

/// Tells apart what was seen of a session from what it is now.
std::string version_of(const catalog::Session& session, const catalog::time::Zone& zone);

/// `session` with what `fields` change of it.
/// Refuses (invalid) an unknown field, a value that is none, a series or session that is not there, a date that cannot be.
catalog::Result<catalog::Session> changed(catalog::Session session, const nlohmann::json& fields,
                                          catalog::store::Catalog& catalog, const catalog::time::Zone& zone);

/// For the audit log: what people know of a session.
nlohmann::json noted(const catalog::Session& session, const catalog::time::Zone& zone);

} // namespace server::api
