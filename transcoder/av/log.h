#pragma once

#include <string>

namespace transcoder::av {

/// Takes libav's log away from standard error: of what it says, each thread keeps its last error.
void capture_log();

/// The calling thread's last error line, or empty. Told once: asking forgets it.
std::string last_log_line();

} // namespace transcoder::av
