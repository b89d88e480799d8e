#pragma once

#include "transcoder/plan/plan.h"
#include "transcoder/sound/waveform.h"

#include <chrono>
#include <filesystem>

namespace transcoder::stills {

/// Makes the folder `stills` in a folder whose renditions are finished, from these: the source is
/// not looked at again. It is there as a whole or not at all. Nothing is made of sound alone. Where
/// the sound is read for them, it is drawn on the way; else `waveform` stays as it is.
void make_stills(const std::filesystem::path& folder, const plan::Plan& plan,
                 std::chrono::microseconds duration, sound::Waveform& waveform, unsigned threads);

} // namespace transcoder::stills
