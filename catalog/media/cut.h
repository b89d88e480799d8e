#pragma once

#include "catalog/clip.h"
#include "catalog/media/media_playlist.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace catalog::media {

/// Which segments hold something of a clip; the same ones of every rendition.
struct Cut {
    /// Segments `[first, last)`, one behind the other. Times by the segments' ends.
    struct Run {
        std::size_t first = 0;
        std::size_t last = 0;
        std::chrono::microseconds begin{0};  ///< in the recording's time
        std::chrono::microseconds end{0};
        std::chrono::microseconds shown{0};  ///< where it begins in the time of what is served
    };
    std::vector<Run> runs;
    bool is_passed = false;              ///< the last one reaches the clip's end
};

Cut cut_of(const MediaPlaylist& playlist, const Clip& clip);

/// Those segments alone, under their own numbers, each run behind the first after a break. What another
/// init section begins for keeps it. Ended where the clip is passed.
MediaPlaylist cut_playlist(const MediaPlaylist& whole, const Cut& cut);

/// A piece of a clip where it lies in what is served of it, to the millisecond: segments begin before
/// it and end behind it.
struct ServedPiece {
    std::chrono::milliseconds begin{0};
    std::optional<std::chrono::milliseconds> length;  ///< nothing: to the end, which is still to come
    friend bool operator==(const ServedPiece&, const ServedPiece&) = default;
};
/// One for each piece of `clip` of which there is something. `cut` is of `playlist` and `clip`.
std::vector<ServedPiece> served_pieces(const Cut& cut, const Clip& clip, MediaPlaylist::Age age);

} // namespace catalog::media
