#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/facts.h"
#include "transcoder/rejection.h"

namespace transcoder::plan {

/// Whether packets of the source may be handed on as they are.
enum class Passthrough { where_it_can_be, never };

/// Looks at a source: which picture and sound it has and what its header promises. Decodes no more
/// than libav needs to understand the streams; reads the whole file where its packets may be handed
/// on. Throws where the file cannot be read.
Outcome<SourceFacts> probe(const av::SourceFile& file, Passthrough passthrough);

} // namespace transcoder::plan
