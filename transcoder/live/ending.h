#pragma once

#include "transcoder/events.h"
#include "transcoder/live/live_job.h"
#include "transcoder/rejection.h"

#include <optional>
#include <string>

namespace transcoder::live {

/// Ends a live recording: its indexes first, so that it is an archive at once, and tells of it; then what
/// uploaded recordings have besides: I-frames, stills, waveform, report. `kept` is the ladder.
Outcome<Finished> end_recording(const LiveJob& job, const std::optional<std::string>& kept,
                                Events& events);

} // namespace transcoder::live
