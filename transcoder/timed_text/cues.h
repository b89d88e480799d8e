#pragma once

#include "catalog/caption.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::timed_text {

/// A cue as a source has it: in the recording's time, which it may lie beside.
struct Raw {
    std::chrono::microseconds start{0};
    std::optional<std::chrono::microseconds> end;  ///< none where the source does not say
    std::string text;
};

/// Cues by their start, none outside of a recording that lasts `duration`. One whose end is not said
/// stays until the next begins, four seconds at most.
std::vector<catalog::Cue> placed(std::vector<Raw> cues, std::chrono::microseconds duration);

} // namespace transcoder::timed_text
