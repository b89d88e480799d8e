#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/facts.h"

namespace transcoder::plan {

/// Whether a source's packets can be handed on as they are. Where its headers let it hope so, the
/// whole file is read; nothing is decoded.
Passing scan_packets(const av::SourceFile& file, const SourceFacts& facts);

} // namespace transcoder::plan
