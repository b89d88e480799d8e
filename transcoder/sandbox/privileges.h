#pragma once

#include "transcoder/sandbox/layer.h"

namespace transcoder::sandbox {

/// Gives up what this process may do beyond its user, for good: capabilities go, and no program
/// that it starts gains any (no_new_privs). Only root at work in somebody else's folder (a
/// descriptor, or -1) keeps CAP_DAC_OVERRIDE, without which it could not write there. Throws
/// std::system_error.
Standing give_up_privileges(int folder);

} // namespace transcoder::sandbox
