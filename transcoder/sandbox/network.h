#pragma once

#include "transcoder/sandbox/layer.h"
#include "transcoder/sandbox/limits.h"

namespace transcoder::sandbox {

struct OwnNetwork {
    Standing standing;
    ThreadsAreCounted threads;
};

/// Moves this process, which must have no second thread yet, into a network namespace in which
/// there is not even a loopback; where its user may not do that, into a user namespace first, in
/// which the user stays who it is. Absent where neither is allowed. Needs `privileges` after it:
/// whoever makes a user namespace is mighty in it.
OwnNetwork enter_own_network();

} // namespace transcoder::sandbox
