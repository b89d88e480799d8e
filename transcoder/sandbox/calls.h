#pragma once

#include "transcoder/sandbox/layer.h"

namespace transcoder::sandbox {

/// From now on this process, all its threads, may make only the calls that decoding, encoding and
/// writing files need; every other answers EPERM. Those that no decoder has ever needed and that
/// only somebody makes who has taken it over (other programs, other processes' memory, mounts,
/// namespaces, the kernel itself) end the process by SIGSYS. No sockets, no new processes, no
/// memory that is executable. Needs no_new_privs, and sets it. Throws std::system_error.
Standing filter_calls();

/// The same for a program of the system that is about to be started: it may be, with its libraries.
Standing filter_calls_of_program();

} // namespace transcoder::sandbox
