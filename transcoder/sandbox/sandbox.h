#pragma once

#include "transcoder/sandbox/layer.h"
#include "transcoder/sandbox/limits.h"

#include <filesystem>
#include <set>
#include <vector>

namespace transcoder::sandbox {

/// All layers, in the order in which they are entered: each still needs what the next one takes.
extern const std::set<Layer> all_layers;

/// Where hostile input is worked on. Entered once, by a process that has one thread, before it
/// looks at a byte; there is no way back out.
struct Sandbox {
    Limits limits;
    std::vector<int> kept; ///< descriptors that stay open
    int folder = -1;       ///< what may be written to, one of `kept`; -1: nothing opens at all
    /// A program of the system's that is started inside, and may read what programs are made of; empty:
    /// none can be.
    std::filesystem::path program = {};

    /// Gives what each layer has come to. What this kernel or this user has not is absent, and the
    /// others are entered all the same. Throws std::system_error where a layer is there and fails.
    std::vector<Standing> enter(const std::set<Layer>& layers = all_layers) const;
};

} // namespace transcoder::sandbox
