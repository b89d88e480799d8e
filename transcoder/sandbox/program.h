#pragma once

#include "transcoder/sandbox/apart.h"
#include "transcoder/sandbox/limits.h"

#include <filesystem>
#include <string>
#include <vector>

namespace transcoder::sandbox {

/// A program of the system's that looks at hostile input.
struct Program {
    std::filesystem::path path;      ///< whole
    std::vector<std::string> words;  ///< behind its name
    int input;                       ///< a descriptor, which is read from its beginning
    Limits limits;                   ///< files: none can be written in any case
    enum class Complaints { dropped, told } complaints = Complaints::dropped;  ///< its standard error
};

/// Runs it inside all layers: it has its input and a pipe for its answer, no network, and may read what
/// programs are made of (`confine_to_program`), nothing else. Otherwise as `ask_apart`; the exit code is
/// `could_not_start` where the program is not there or cannot be started.
Answer ask_program(const Watch& watch, std::size_t longest, const Program& program);

constexpr int could_not_start = 127;

} // namespace transcoder::sandbox
