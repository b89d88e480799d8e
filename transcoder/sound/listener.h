#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/plan.h"
#include "transcoder/sound/heard.h"

namespace transcoder::sound {

/// Decodes a recording's sound, and nothing else of it, from its beginning to its end and measures
/// it. Parts of ten minutes are heard side by side where the source can be gone to anywhere: always
/// the same parts, so that what is heard does not depend on the number of threads.
Heard listen(const av::SourceFile& file, const plan::Plan& plan, unsigned threads);

} // namespace transcoder::sound
