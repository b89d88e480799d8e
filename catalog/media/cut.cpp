#include "catalog/media/cut.h"

#include <algorithm>

namespace catalog::media {

Cut cut_of(const MediaPlaylist& playlist, const Span& span) {
    Cut cut;
    std::chrono::microseconds begins{0};
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        const auto ends = begins + playlist.segments[at].duration;
        if (ends <= span.begin) {
            cut.first = at + 1;
            cut.begin = ends;
        }
        if (begins < span.end) {
            cut.last = at + 1;
            cut.end = ends;
            cut.is_passed = ends >= span.end;
        }
        begins = ends;
    }
    return cut;
}

MediaPlaylist cut_playlist(const MediaPlaylist& whole, const Cut& cut) {
    MediaPlaylist part = whole;
    const std::size_t last = std::min(cut.last, whole.segments.size());
    const std::size_t first = std::min(cut.first, last);
    part.first_number = whole.first_number + first;
    part.segments.assign(whole.segments.begin() + static_cast<std::ptrdiff_t>(first),
                         whole.segments.begin() + static_cast<std::ptrdiff_t>(last));
    if (cut.is_passed && last == cut.last) {
        part.age = MediaPlaylist::Age::ended;
    }
    return part;
}

} // namespace catalog::media
