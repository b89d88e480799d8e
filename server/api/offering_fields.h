#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"
#include "catalog/result.h"
#include "catalog/time/zone.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace server::api {

/// What PATCH says of a window: null for the one that is inherited; `{"opens_at", "closes_at"}`, each RFC 3339, or a
/// day (both are included), or null for an open end.
/// Refuses (invalid) what is none of these, and a window that ends before it begins.
catalog::Result<std::optional<catalog::AvailabilityWindow>> window_in(const nlohmann::json& value,
                                                                      const catalog::time::Zone& zone);

/// "everybody", "staff", "registered"; null for the one that is inherited. Refuses invalid.
catalog::Result<std::optional<catalog::Audience>> audience_in(const nlohmann::json& value);

} // namespace server::api
