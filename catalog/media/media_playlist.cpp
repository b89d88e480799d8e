#include "catalog/media/media_playlist.h"

#include "catalog/media/line_reader.h"
#include "catalog/time/digits.h"

namespace catalog::media {

namespace {

using std::chrono::microseconds;

constexpr std::string_view i_frames_line = "#EXT-X-I-FRAMES-ONLY\n";
constexpr std::string_view end_line = "#EXT-X-ENDLIST\n";
constexpr long microseconds_a_second = 1'000'000;
constexpr std::size_t fraction_digits = 6;

std::string_view type_of(MediaPlaylist::Age age) {
    return age == MediaPlaylist::Age::growing ? "EVENT" : "VOD";
}

/// EXT-X-MAP needs 5 in a playlist of I-frames alone, else 6 (RFC 8216bis 8); the other tags need less.
int version_of(MediaPlaylist::Content content) {
    return content == MediaPlaylist::Content::i_frames ? 5 : 6;
}

std::string to_text(const ByteRange& range) {
    return std::to_string(range.size) + '@' + std::to_string(range.offset);
}

std::string duration_line(microseconds duration) {
    return "#EXTINF:" + std::to_string(duration.count() / microseconds_a_second) + '.' +
           time::padded(duration.count() % microseconds_a_second, fraction_digits) + ",\n";
}

std::string header(const MediaPlaylist& playlist, const std::string& map) {
    std::string text = "#EXTM3U\n";
    text += "#EXT-X-VERSION:" + std::to_string(version_of(playlist.content)) + '\n';
    text += "#EXT-X-TARGETDURATION:" + std::to_string(playlist.target_duration) + '\n';
    text += "#EXT-X-MEDIA-SEQUENCE:" + std::to_string(playlist.first_number) + '\n';
    text += "#EXT-X-PLAYLIST-TYPE:";
    text += type_of(playlist.age);
    text += '\n';
    if (playlist.content == MediaPlaylist::Content::i_frames) {
        text += i_frames_line;
    }
    text += "#EXT-X-MAP:" + map + '\n';
    return text;
}

std::string_view ending(const MediaPlaylist& playlist) {
    return playlist.age == MediaPlaylist::Age::ended ? end_line : std::string_view{};
}

std::optional<ByteRange> parse_byte_range(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto size = parse_number<std::uint64_t>(text.substr(0, at));
    const auto offset = parse_number<std::uint64_t>(text.substr(at + 1));
    if (!size || !offset || *offset + *size < *offset) {
        return std::nullopt;
    }
    return ByteRange{*offset, *size};
}

/// "6.006000,": always six decimals, no title.
std::optional<microseconds> parse_duration(std::string_view text) {
    constexpr std::int64_t longest = 1'000'000; // seconds
    const auto point = text.find('.');
    if (point == std::string_view::npos || !text.ends_with(',')) {
        return std::nullopt;
    }
    std::string_view decimals = text.substr(point + 1);
    const auto seconds = parse_number<std::int64_t>(text.substr(0, point));
    const auto fraction = time::take_digits(decimals, fraction_digits);
    if (!seconds || *seconds < 0 || *seconds > longest || !fraction || decimals != ",") {
        return std::nullopt;
    }
    return std::chrono::seconds(*seconds) + microseconds(*fraction);
}

std::optional<MediaPlaylist::Age> parse_type(std::string_view text) {
    for (const auto age : {MediaPlaylist::Age::growing, MediaPlaylist::Age::ended}) {
        if (text == type_of(age)) {
            return age;
        }
    }
    return std::nullopt;
}

/// `URI="v720.mp4",BYTERANGE="798@0"` into the playlist's file and init.
bool read_map(std::string_view text, MediaPlaylist& playlist) {
    constexpr std::string_view uri = "URI=\"";
    constexpr std::string_view range = "\",BYTERANGE=\"";
    const auto middle = text.find(range);
    if (!text.starts_with(uri) || middle == std::string_view::npos || middle <= uri.size() ||
        !text.ends_with('"')) {
        return false;
    }
    const auto range_begin = middle + range.size();
    if (range_begin >= text.size()) {
        return false;
    }
    const auto init = parse_byte_range(text.substr(range_begin, text.size() - 1 - range_begin));
    if (!init) {
        return false;
    }
    playlist.file = text.substr(uri.size(), middle - uri.size());
    playlist.init = *init;
    return true;
}

/// The lines above the first segment; nothing where they are not all there.
std::optional<MediaPlaylist> read_header(LineReader& lines) {
    MediaPlaylist playlist;
    if (lines.next() != "#EXTM3U" || !lines.next_after("#EXT-X-VERSION:")) {
        return std::nullopt;
    }
    const auto target = lines.next_after("#EXT-X-TARGETDURATION:");
    const auto first = lines.next_after("#EXT-X-MEDIA-SEQUENCE:");
    const auto type = lines.next_after("#EXT-X-PLAYLIST-TYPE:");
    if (lines.rest().starts_with(i_frames_line)) {
        lines.next();
        playlist.content = MediaPlaylist::Content::i_frames;
    }
    const auto map = lines.next_after("#EXT-X-MAP:");
    if (!target || !first || !type || !map || !read_map(*map, playlist)) {
        return std::nullopt;
    }
    const auto target_duration = parse_number<int>(*target);
    const auto first_number = parse_number<std::uint64_t>(*first);
    const auto age = parse_type(*type);
    if (!target_duration || *target_duration < 1 || !first_number || !age) {
        return std::nullopt;
    }
    playlist.target_duration = *target_duration;
    playlist.first_number = *first_number;
    playlist.age = *age;
    return playlist;
}

/// The next EXTINF/BYTERANGE/URI triple; nothing, and the lines still to come, where none follows.
std::optional<Segment> read_segment(LineReader& lines, const std::string& file) {
    LineReader ahead = lines;
    const auto extinf = ahead.next_after("#EXTINF:");
    const auto byterange = ahead.next_after("#EXT-X-BYTERANGE:");
    if (!extinf || !byterange || ahead.next() != file) {
        return std::nullopt;
    }
    const auto duration = parse_duration(*extinf);
    const auto bytes = parse_byte_range(*byterange);
    if (!duration || !bytes) {
        return std::nullopt;
    }
    lines = ahead;
    return Segment{*duration, *bytes};
}

bool holds_a_whole_triple(std::string_view tail) {
    constexpr int lines_of_a_triple = 3;
    LineReader lines(tail);
    int count = 0;
    while (lines.next()) {
        ++count;
    }
    return count >= lines_of_a_triple;
}

Error not_an_index() {
    return refuse(Refusal::invalid, "this is no index of a rendition");
}

} // namespace

microseconds MediaPlaylist::duration() const {
    microseconds sum{0};
    for (const Segment& segment : segments) {
        sum += segment.duration;
    }
    return sum;
}

std::string to_file_lines(const std::string& file, const Segment& segment) {
    return duration_line(segment.duration) + "#EXT-X-BYTERANGE:" + to_text(segment.bytes) + '\n' +
           file + '\n';
}

std::string to_file_text(const MediaPlaylist& playlist) {
    std::string text = header(playlist, "URI=\"" + playlist.file + "\",BYTERANGE=\"" +
                                            to_text(playlist.init) + '"');
    for (const Segment& segment : playlist.segments) {
        text += to_file_lines(playlist.file, segment);
    }
    return text += ending(playlist);
}

std::string to_served_text(const MediaPlaylist& playlist) {
    const bool is_i_frames = playlist.content == MediaPlaylist::Content::i_frames;
    const std::string_view prefix = is_i_frames ? "i" : "";
    std::string text = header(playlist, "URI=\"init.mp4\"");
    std::uint64_t number = playlist.first_number;
    for (const Segment& segment : playlist.segments) {
        text += duration_line(segment.duration);
        text += prefix;
        text += std::to_string(number++) + ".m4s\n";
    }
    return text += ending(playlist);
}

Result<MediaPlaylist> parse_file_text(std::string_view text) {
    LineReader lines(text);
    auto playlist = read_header(lines);
    if (!playlist) {
        return not_an_index();
    }
    while (const auto segment = read_segment(lines, playlist->file)) {
        playlist->segments.push_back(*segment);
    }
    const std::string written = to_file_text(*playlist);
    const bool whole = playlist->age == MediaPlaylist::Age::ended
                           ? text == written
                           : text.starts_with(written) && !holds_a_whole_triple(lines.rest());
    return whole ? Result<MediaPlaylist>(std::move(*playlist)) : not_an_index();
}

} // namespace catalog::media
