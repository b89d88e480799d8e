#pragma once

#include <cstdint>

namespace transcoder::stages {

/// Where on the grid a picture is shown.
struct Showing {
    std::int64_t frame = 0;
    /// All frames before this one show it too; nothing is promised beyond the next key frame.
    std::int64_t until = 0;
    std::int64_t serial = 0;  ///< the same for frames that show the very same picture
};

} // namespace transcoder::stages
