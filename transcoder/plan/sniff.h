#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/rejection.h"

namespace transcoder::plan {

/// Why libav made no recording of `file`, by its first bytes and its outline.
Rejection why_not_opened(const av::SourceFile& file);

/// What can be refused before libav sees a byte: directories, nothing, playlists.
Outcome<void> looked_at(const av::SourceFile& file);

} // namespace transcoder::plan
