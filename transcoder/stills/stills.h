#pragma once

#include "transcoder/plan/plan.h"

#include <chrono>
#include <filesystem>

namespace transcoder::stills {

/// Makes the folder `stills` in a folder whose renditions are finished, from these: the source is
/// not looked at again. It is there as a whole or not at all. Nothing is made of sound alone.
void make_stills(const std::filesystem::path& folder, const plan::Plan& plan,
                 std::chrono::microseconds duration);

} // namespace transcoder::stills
