#pragma once

#include "transcoder/events.h"
#include "transcoder/live/live_job.h"
#include "transcoder/rejection.h"

#include <optional>

namespace transcoder::live {

/// Takes what a publisher sends on standard input into the folder until it is gone, or ends the
/// recording; tells what happens. Gives what was finished where it ends. What was recorded stays
/// whatever happens.
Outcome<std::optional<Finished>> run(const LiveJob& job, Events& events);

} // namespace transcoder::live
