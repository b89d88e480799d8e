#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/withdraw/rendition.h"

#include <chrono>

namespace transcoder::withdraw {

/// The last picture of a rendition that is shown before an instant; null where it cannot be decoded. Any
/// thread.
av::Frame picture_before(const Rendition& rendition, std::chrono::microseconds instant);

} // namespace transcoder::withdraw
