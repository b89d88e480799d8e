#pragma once

#include "transcoder/events.h"
#include "transcoder/rejection.h"

#include <filesystem>
#include <string_view>

namespace transcoder::documents {

/// Pages to make of a handout.
struct PagesJob {
    std::filesystem::path input;
    std::filesystem::path folder;  ///< is there, and locked by whoever asks
};

/// Reads `{"input":"/…/materials/<id>","folder":"/…/pages/<id>"}`.
Outcome<PagesJob> read_pages_job(std::string_view line);

/// Makes `page-0001.jpg` … and, when all of them are on the disk, `pages.json`: an object a page, with
/// `width`, `height` and `text`. What lay there before goes. Gives how many there are; what is rejected leaves the folder empty.
Outcome<int> make_pages(const PagesJob& job, Events& events);

} // namespace transcoder::documents
