#pragma once

#include "transcoder/sound/waveform.h"
#include "transcoder/stills/track.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace transcoder::stills {

/// The sound of a finished rendition once more: mono, 48 kbit/s, cut at the packets nearest to
/// `cuts`, the end included. On the way all of it is drawn.
Track make_thin_sound(const std::filesystem::path& rendition, const folder::FreshFolder& folder,
                      const std::vector<std::chrono::microseconds>& cuts,
                      sound::Waveform& waveform, unsigned threads);

} // namespace transcoder::stills
