#pragma once

#include "transcoder/transcode.h"

#include <optional>
#include <string_view>

namespace transcoder {

/// What the words of the command line ask for.
struct Asked {
    enum class As { tool, job } as = As::tool;
    Job job;   ///< empty where a line of standard input is to say it
};

/// Either what is asked for, or, where the words are wrong or ask for help, the exit status: then
/// all has been said.
struct Words {
    std::optional<Asked> asked;
    int status = 0;
};
Words read_words(int count, const char* const* words);

/// Reads `{"input":"/…/source.mp4","folder":"/…/media/<id>"}`. `language`, `threads` and
/// `passthrough` (false: everything is encoded) may follow.
Outcome<Job> read_job(std::string_view line);

} // namespace transcoder
