#pragma once

#include "catalog/caption_file/cue_reader.h"

namespace catalog::caption_file {

/// Cues in the order of their starts, those that start together as they were; those that are alike
/// once. Notes what was left out and what came too late.
std::vector<Cue> in_order(std::vector<ReadCue> read, Notes& notes);

} // namespace catalog::caption_file
