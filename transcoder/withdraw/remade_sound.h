#pragma once

#include "catalog/withdrawn_span.h"
#include "transcoder/withdraw/rendition.h"

#include <string>
#include <vector>

namespace transcoder::withdraw {

/// Some segments of a rendition of the sound, one behind the other, made anew with nothing to be heard in
/// spans: the bytes of each. Packets and fragments are when they were. An encoder of its own is fed from a
/// little before them and to a little behind them, so that at the joins it sounds as one that never stopped.
/// Throws where they cannot be read back.
std::vector<std::string> remade_sound(const Rendition& rendition, const std::vector<catalog::Span>& spans,
                                      std::size_t first, std::size_t last);

/// No more segments at a time: what they sound like is held in memory.
inline constexpr std::size_t most_sound_segments = 10;

} // namespace transcoder::withdraw
