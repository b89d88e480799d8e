#pragma once

#include "catalog/video.h"
#include "transcoder/rejection.h"

#include <filesystem>
#include <string>
#include <vector>

namespace transcoder {

/// One file to be made of a finished folder, for those who want to take a recording with them.
struct Download {
    std::filesystem::path folder;
    std::filesystem::path out;    ///< is not there yet
    std::string rendition;        ///< of the picture, or of the sound for that alone; empty: the largest
    /// What of the recording is wanted, in its order; none: all.
    std::vector<catalog::Span> pieces = {};
};

/// Makes an MP4 of a rendition and its sound, which encodes nothing. It has its name when it is whole.
Outcome<void> download(const Download& wanted);

} // namespace transcoder
