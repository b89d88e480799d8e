#pragma once

#include "catalog/result.h"
#include "server/http/request.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace server::http {

/// Whether the body says that it is JSON.
bool has_json(const Request& request);

/// The body as a JSON object; an empty body is `{}`.
/// Refuses (invalid) what is no object, is not UTF-8, or nests deeper than 32.
catalog::Result<nlohmann::json> json_body(const Request& request);
/// The same of a body that came as a stream.
catalog::Result<nlohmann::json> json_object(std::string_view text);

} // namespace server::http
