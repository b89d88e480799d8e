#pragma once

#include "transcoder/sandbox/layer.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace transcoder::sandbox {

/// What a process may use up.
struct Limits {
    std::uint64_t memory_bytes;     ///< of address space, beyond what is mapped on entering
    std::chrono::seconds processor; ///< of all its threads together
    std::uint64_t file_bytes;       ///< of any one file
    std::uint64_t descriptors;
    std::uint64_t threads; ///< processes count as well
};

/// Whether the kernel counts this process' threads by themselves (it is in a user namespace of its
/// own) or together with all that its user runs.
enum class ThreadsAreCounted { alone, with_the_users };

/// Takes effect at once and cannot be taken back. What goes beyond a limit fails with ENOMEM,
/// EFBIG, EMFILE or EAGAIN; beyond the processor's time SIGXCPU ends the process, and SIGKILL soon
/// after. Where threads are counted with the user's, they cannot be limited without failing when
/// the user does something else: then that limit is left out. Throws std::system_error.
Standing limit(const Limits& limits, ThreadsAreCounted counted);

} // namespace transcoder::sandbox
