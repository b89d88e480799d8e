#pragma once

#include "transcoder/av/handles.h"

#include <string>

namespace transcoder::stills {

/// The file of a poster that shows `picture`: a JPEG, at most 1280 wide.
std::string poster_of(const AVFrame& picture);

} // namespace transcoder::stills
