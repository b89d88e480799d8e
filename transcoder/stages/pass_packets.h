#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"

#include <stop_token>

namespace transcoder::stages {

/// Hands the source's own packets on, a fragment a segment: those of its picture to `picture`, and
/// of its sound to `sound` where that is not null. Reads the source from its beginning to its end;
/// what the sinks have already costs no more than that. Throws Stopped, and Failure where the source
/// is not what the plan was made of.
void pass_packets(const av::SourceFile& file, const plan::Plan& plan, FragmentSink& picture,
                  FragmentSink* sound, const std::stop_token& stop);

} // namespace transcoder::stages
