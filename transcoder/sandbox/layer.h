#pragma once

#include <string>
#include <string_view>

namespace transcoder::sandbox {

/// One wall of the sandbox. Each holds without the others.
enum class Layer {
    descriptors, ///< nothing stays open but what the work was given
    network,     ///< a network of its own, in which nothing is
    privileges,  ///< none, and none can be gained (no_new_privs)
    limits,      ///< memory, processor, file size, open files, threads; no core files
    files,       ///< Landlock: no name opens but in the output folder
    calls,       ///< seccomp: no call to the kernel but what the work needs
};

std::string_view to_text(Layer layer);

/// What a layer has come to in this process.
struct Standing {
    enum class State {
        holds,
        partly, ///< this kernel or this user has less to offer; `detail` says what is missing
        absent, ///< this kernel or this user has none of it
    };
    Layer layer;
    State state;
    std::string detail; ///< English, for logs: "Landlock ABI 2"
};

std::string_view to_text(Standing::State state);

} // namespace transcoder::sandbox
