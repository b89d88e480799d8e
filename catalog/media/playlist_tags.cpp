#include "catalog/media/playlist_tags.h"

#include "catalog/time/digits.h"

namespace catalog::media::tags {

std::string seconds(std::chrono::microseconds duration) {
    constexpr long microseconds_a_second = 1'000'000;
    return std::to_string(duration.count() / microseconds_a_second) + '.' +
           time::padded(duration.count() % microseconds_a_second, fraction_digits);
}

std::string extinf(std::chrono::microseconds duration) {
    return "#EXTINF:" + seconds(duration) + ",\n";
}

std::string_view type_of(MediaPlaylist::Age age) {
    return age == MediaPlaylist::Age::growing ? "EVENT" : "VOD";
}

int version_of(MediaPlaylist::Content content) {
    return content == MediaPlaylist::Content::i_frames ? 5 : 6;
}

bool has_parts(const MediaPlaylist& playlist) {
    return playlist.part_target && playlist.age == MediaPlaylist::Age::growing;
}

} // namespace catalog::media::tags
