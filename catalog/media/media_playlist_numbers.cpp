#include "catalog/media/media_playlist.h"

#include <algorithm>

namespace catalog::media {

std::uint64_t MediaPlaylist::number_at(std::size_t at) const {
    return numbers.empty() ? first_number + at : numbers.at(at);
}

const Segment* MediaPlaylist::find(std::uint64_t number) const {
    if (number < first_number) {
        return nullptr;
    }
    auto at = static_cast<std::size_t>(number - first_number);
    if (!numbers.empty()) {
        const auto found = std::ranges::lower_bound(numbers, number);
        at = found != numbers.end() && *found == number
                 ? static_cast<std::size_t>(found - numbers.begin())
                 : segments.size();
    }
    return at < segments.size() ? &segments[at] : nullptr;
}

} // namespace catalog::media
