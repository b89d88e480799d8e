#pragma once

#include "catalog/clip.h"

#include <nlohmann/json.hpp>

namespace server::api {

/// `{"begin_s", "end_s", "cuts": [{"begin_s", "end_s"}, …]}`, seconds of the recording; both null where
/// the video shows it from its beginning to its end.
nlohmann::json clip_json(const catalog::Video& video);

/// Reads the same; what is missing or null leaves nothing out. Refuses (invalid) what is none.
catalog::Result<catalog::ClipWish> clip_in(const nlohmann::json& body,
                                           std::chrono::milliseconds whole);

} // namespace server::api
