#pragma once

#include "transcoder/av/input.h"
#include "transcoder/timed_text/cues.h"
#include "transcoder/timed_text/told.h"

#include <chrono>
#include <vector>

namespace transcoder::timed_text {

/// One track of captions. Where it tells why it is not written, there are no cues.
struct Captions {
    CaptionsTold told;
    std::vector<catalog::Cue> cues;
};

/// The recording in whose time cues are wanted.
struct Span {
    std::chrono::microseconds origin{0};    ///< the source's time that is 0
    std::chrono::microseconds duration{0};
};

/// All tracks of captions that the source has, in its order, files named. Reads the source to its end
/// where any is text.
std::vector<Captions> read_captions(av::Input& source, const Span& span);

} // namespace transcoder::timed_text
