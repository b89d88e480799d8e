#pragma once

#include "transcoder/download.h"
#include "transcoder/transcode.h"
#include "transcoder/words.h"

#include <optional>
#include <string_view>

namespace transcoder {

/// What the words of the command line ask for.
struct Asked {
    enum class As { tool, job, look, download } as = As::tool;
    Look how = Look::probe;   ///< where it is to look and make nothing
    Job job;   ///< empty where a line of standard input is to say it
    Download download;   ///< where a file is to be made of a folder
};

/// Either what is asked for, or, where the words are wrong or ask for help, the exit status: then
/// all has been said, in `language`.
struct Words {
    std::optional<Asked> asked;
    int status = 0;
};
Words read_words(int count, const char* const* words, Language language);

/// Reads `{"input":"/…/source.mp4","folder":"/…/media/<id>"}`. `language`, `threads`, `ladder`,
/// `segment_s` and `passthrough` may follow.
Outcome<Job> read_job(std::string_view line);

} // namespace transcoder
