#pragma once

#include "catalog/availability_window.h"
#include "catalog/result.h"
#include "catalog/time/utc_time.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace server::api {

/// RFC 3339, or null.
nlohmann::json instant(const std::optional<catalog::time::UtcTime>& at);
nlohmann::json instant(catalog::time::UtcTime at);

/// `{"opens_at", "closes_at"}`
nlohmann::json window_json(const catalog::AvailabilityWindow& window);

/// Seconds of a recording, from 0 on; nothing where `name` is none.
std::optional<std::chrono::milliseconds> time_in(const nlohmann::json& body, const char* name);

/// A whole number, from 0 to a million; nothing where `name` is none.
std::optional<int> count_in(const nlohmann::json& body, const char* name);
/// The text without blanks around it; empty where `name` is none.
std::string text_in(const nlohmann::json& body, const char* name);

/// JSON as a result. (Said so, since JSON turns into anything by itself.)
inline catalog::Result<nlohmann::json> given(nlohmann::json value) {
    return {boost::system::in_place_value, std::move(value)};
}

/// The id's text, or null where it is empty.
template <class Id> nlohmann::json id_or_null(const Id& id) {
    return id.empty() ? nlohmann::json() : nlohmann::json(id.text());
}

} // namespace server::api
