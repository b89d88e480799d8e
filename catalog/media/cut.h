#pragma once

#include "catalog/media/media_playlist.h"
#include "catalog/video.h"

#include <chrono>
#include <cstddef>

namespace catalog::media {

/// Which segments hold something of a span: `[first, last)`. The same ones of every rendition.
struct Cut {
    std::size_t first = 0;
    std::size_t last = 0;
    bool is_passed = false;              ///< the last segment reaches the span's end
    std::chrono::microseconds begin{0};  ///< of the first, in the recording's time
    std::chrono::microseconds end{0};    ///< of the last
};

Cut cut_of(const MediaPlaylist& playlist, const Span& span);

/// Those segments alone, under their own numbers. Ended where the span is passed.
MediaPlaylist cut_playlist(const MediaPlaylist& whole, const Cut& cut);

} // namespace catalog::media
