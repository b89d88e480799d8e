#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/plan.h"
#include "transcoder/sound/heard.h"

namespace transcoder::sound {

/// How much of a recording is heard. `quick`: of one longer than half an hour that can be gone to
/// anywhere, twenty seconds of every two minutes; somebody waits for what follows from it.
enum class Hearing { quick, whole };

/// Decodes a recording's sound, and nothing else of it, from its beginning to its end and measures
/// it. Parts of ten minutes, or stretches, are heard side by side where the source can be gone to
/// anywhere: always the same, so that what is heard does not depend on the number of threads.
Heard listen(const av::SourceFile& file, const plan::Plan& plan, Hearing hearing,
             unsigned threads);

} // namespace transcoder::sound
