#pragma once

#include "transcoder/withdraw/withdraw.h"

namespace transcoder::withdraw {

/// Takes the spans of a job from its folder: what `run` does inside the sandbox.
Outcome<Finished> remade(const Job& job, Events& events);

} // namespace transcoder::withdraw
