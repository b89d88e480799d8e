#pragma once

#include "catalog/result.h"

#include <nlohmann/json.hpp>

#include <string>

namespace server::api {

/// Tells apart what was seen of something from what it is now: a digest of the fields that its form changes.
std::string version_of_fields(const nlohmann::json& fields);

/// Takes `"version"` out of the body of a change, empty where it names none.
std::string take_version(nlohmann::json& body);

/// Whether a body has to say what it was made from.
enum class Unseen {
    refused, ///< what is written stands in the place of all that was there
    allowed, ///< a button or a program may set one thing without having looked
};

/// Refuses (conflict) a change that was made from something else than what is there now, so that nobody's work is
/// written over unseen. `thing`: what it is about, in people's words (「会合」).
catalog::Result<void> made_from(const std::string& seen, const std::string& now, std::string_view thing, Unseen unseen);

} // namespace server::api
