#pragma once

#include "catalog/checklist.h"
#include "catalog/store/catalog.h"
#include "server/services.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace server::api {

/// The window that counts of a video that may be changed already and not stored yet.
catalog::AvailabilityWindow window_of(catalog::store::Catalog& catalog, const catalog::Video& video);

/// What `video`, which may be changed already and not stored yet, brings to being published.
std::vector<catalog::Check> checklist_of(catalog::store::Catalog& catalog, const Services& services,
                                         const catalog::Video& video, const catalog::AvailabilityWindow& window);

/// Those that do not pass.
std::vector<catalog::Check> failed(const std::vector<catalog::Check>& checks);

/// `["captions", …]`
nlohmann::json subjects_json(const std::vector<catalog::Check>& checks);

/// C of server/README.md.
nlohmann::json checklist_json(catalog::store::Catalog& catalog, const Services& services,
                              const catalog::Video& video, const catalog::AvailabilityWindow& window);

/// Why a video is published though checks of it fail; empty where nobody said. Of a request's body.
std::string reason_in(const nlohmann::json& body);

/// Refuses (conflict) to publish with `failed` checks where no reason was given, with their names; invalid: a reason
/// that is too long.
catalog::Result<void> may_be_published(const std::vector<catalog::Check>& failed, const std::string& reason);

/// The audit log's entry of it.
catalog::store::AuditLog::Entry override_entry(const Services& services, const catalog::AccountId& account,
                                               const catalog::VideoId& video, const std::vector<catalog::Check>& failed,
                                               const std::string& reason);

} // namespace server::api
