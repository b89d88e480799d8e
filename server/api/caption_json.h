#pragma once

#include "catalog/caption.h"
#include "catalog/result.h"

#include <nlohmann/json.hpp>

namespace server::api {

/// `{"language", "label", "cues": [{"start_s", "end_s", "text"}]}`
nlohmann::json track_json(const catalog::CaptionTrack& track);

/// The cues of such a body, tidied. Refuses (invalid) what are none, and what `catalog::tidied`
/// does.
catalog::Result<std::vector<catalog::Cue>> cues_in(const nlohmann::json& body);

/// `label` as it is to be shown, or what is shown where it is empty.
/// Refuses (invalid) one that is too long or of several lines.
catalog::Result<std::string> label_in(const std::string& label, const std::string& otherwise);

} // namespace server::api
