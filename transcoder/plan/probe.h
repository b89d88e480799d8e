#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/facts.h"
#include "transcoder/rejection.h"

namespace transcoder::plan {

/// Looks at a source: which picture and sound it has and what its header promises. Decodes no more
/// than libav needs to understand the streams. Throws where the file cannot be read.
Outcome<SourceFacts> probe(const av::SourceFile& file);

} // namespace transcoder::plan
