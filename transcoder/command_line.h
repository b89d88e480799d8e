#pragma once

#include "transcoder/download.h"
#include "transcoder/live/live_job.h"
#include "transcoder/transcode.h"
#include "transcoder/words.h"

#include <optional>
#include <string_view>

namespace transcoder {

/// What the words of the command line ask for.
struct Asked {
    enum class As { tool, job, look, download, live, pages, withdraw } as = As::tool;
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

/// Reads `{"folder":"/…/media/<id>","container":"flv","begins_at":"2021-10-27T13:10:00.000+09:00"}`, which
/// `language` and `threads` may follow, or `{"folder":"/…/media/<id>","end":true}`.
Outcome<live::LiveJob> read_live_job(std::string_view line);

} // namespace transcoder
