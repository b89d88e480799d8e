#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/timed_text/captions.h"
#include "transcoder/timed_text/told.h"

#include <filesystem>

namespace transcoder::timed_text {

/// Writes the text that the source brings to `folder`: its captions, a file a track, as WebVTT in
/// `captions/`, which is there as a whole or not at all, and its chapters in `chapters.vtt`. What
/// stood there before goes. Throws Failure where the source is none.
Told write(const av::SourceFile& file, const Span& span, const std::filesystem::path& folder);

/// Takes away all that `write` may have left there.
void clear(const std::filesystem::path& folder);

} // namespace transcoder::timed_text
