#include "catalog/media/media_playlist.h"

#include "catalog/media/line_reader.h"
#include "catalog/media/playlist_tags.h"
#include "catalog/time/digits.h"

namespace catalog::media {

namespace {

using std::chrono::microseconds;

std::string to_text(const ByteRange& range) {
    return std::to_string(range.size) + '@' + std::to_string(range.offset);
}

std::string map_of(const std::string& file, const ByteRange& init) {
    return "URI=\"" + file + "\",BYTERANGE=\"" + to_text(init) + '"';
}

std::string header(const MediaPlaylist& playlist, const std::string& map) {
    std::string text = "#EXTM3U\n";
    text += "#EXT-X-VERSION:" + std::to_string(tags::version_of(playlist.content)) + '\n';
    text += "#EXT-X-TARGETDURATION:" + std::to_string(playlist.target_duration) + '\n';
    if (tags::has_parts(playlist)) {
        text += tags::part_target;
        text += tags::seconds(*playlist.part_target) + '\n';
    }
    text += "#EXT-X-MEDIA-SEQUENCE:" + std::to_string(playlist.first_number) + '\n';
    text += "#EXT-X-PLAYLIST-TYPE:";
    text += tags::type_of(playlist.age);
    text += '\n';
    if (playlist.content == MediaPlaylist::Content::i_frames) {
        text += tags::i_frames_only;
    }
    text += "#EXT-X-MAP:" + map + '\n';
    return text;
}

std::string_view ending(const MediaPlaylist& playlist) {
    return playlist.age == MediaPlaylist::Age::ended ? tags::end : std::string_view{};
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

/// "6.006000": always six decimals.
std::optional<microseconds> parse_seconds(std::string_view text) {
    constexpr std::int64_t longest = 1'000'000; // seconds
    const auto point = text.find('.');
    if (point == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view decimals = text.substr(point + 1);
    const auto whole = parse_number<std::int64_t>(text.substr(0, point));
    const auto fraction = time::take_digits(decimals, tags::fraction_digits);
    if (!whole || *whole < 0 || *whole > longest || !fraction || !decimals.empty()) {
        return std::nullopt;
    }
    return std::chrono::seconds(*whole) + microseconds(*fraction);
}

/// "6.006000,": no title.
std::optional<microseconds> parse_duration(std::string_view text) {
    if (!text.ends_with(',')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    return parse_seconds(text);
}

std::optional<MediaPlaylist::Age> parse_type(std::string_view text) {
    for (const auto age : {MediaPlaylist::Age::growing, MediaPlaylist::Age::ended}) {
        if (text == tags::type_of(age)) {
            return age;
        }
    }
    return std::nullopt;
}

/// A range of a file, as EXT-X-MAP and EXT-X-PART name it.
struct Named {
    std::string file;
    ByteRange bytes;
};

/// `URI="v720.mp4",BYTERANGE="798@0"`.
std::optional<Named> read_named(std::string_view text) {
    constexpr std::string_view uri = "URI=\"";
    constexpr std::string_view range = "\",BYTERANGE=\"";
    const auto middle = text.find(range);
    if (!text.starts_with(uri) || middle == std::string_view::npos || middle <= uri.size() ||
        !text.ends_with('"')) {
        return std::nullopt;
    }
    const auto range_begin = middle + range.size();
    if (range_begin >= text.size()) {
        return std::nullopt;
    }
    const auto bytes = parse_byte_range(text.substr(range_begin, text.size() - 1 - range_begin));
    if (!bytes) {
        return std::nullopt;
    }
    return Named{std::string(text.substr(uri.size(), middle - uri.size())), *bytes};
}

/// The lines above the first segment; nothing where they are not all there.
std::optional<MediaPlaylist> read_header(LineReader& lines) {
    MediaPlaylist playlist;
    if (lines.next() != "#EXTM3U" || !lines.next_after("#EXT-X-VERSION:")) {
        return std::nullopt;
    }
    const auto target = lines.next_after("#EXT-X-TARGETDURATION:");
    const auto part_target = lines.next_after(tags::part_target);
    const auto first = lines.next_after("#EXT-X-MEDIA-SEQUENCE:");
    const auto type = lines.next_after("#EXT-X-PLAYLIST-TYPE:");
    if (lines.rest().starts_with(tags::i_frames_only)) {
        lines.next();
        playlist.content = MediaPlaylist::Content::i_frames;
    }
    const auto map = lines.next_after(tags::map);
    const auto init = map ? read_named(*map) : std::nullopt;
    if (!target || !first || !type || !init) {
        return std::nullopt;
    }
    playlist.file = init->file;
    playlist.init = init->bytes;
    if (part_target) {
        playlist.part_target = parse_seconds(*part_target);
        if (!playlist.part_target) {
            return std::nullopt;
        }
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

/// What stands before a segment; what is written otherwise than `to_file_lines` does shows when the
/// whole is compared.
SegmentHead read_head(LineReader& lines) {
    SegmentHead head;
    if (lines.rest().starts_with(tags::discontinuity)) {
        lines.next();
        head.continuity = SegmentHead::Continuity::breaks;
    }
    if (const auto map = lines.next_after(tags::map)) {
        const auto init = read_named(*map);
        head.init = init ? std::optional(init->bytes) : std::nullopt;
    }
    if (const auto date = lines.next_after(tags::date)) {
        head.begins_at = time::parse_rfc3339(*date);
    }
    return head;
}

/// The next part; nothing, and the lines still to come, where none follows.
std::optional<Part> read_part(LineReader& lines) {
    LineReader ahead = lines;
    auto text = ahead.next_after(tags::part);
    if (!text) {
        return std::nullopt;
    }
    Part part;
    if (text->ends_with(tags::independent)) {
        text->remove_suffix(tags::independent.size());
        part.start = Part::Start::independent;
    }
    const auto comma = text->find(',');
    if (comma == std::string_view::npos) {
        return std::nullopt;
    }
    const auto duration = parse_seconds(text->substr(0, comma));
    const auto range = read_named(text->substr(comma + 1));
    if (!duration || !range) {
        return std::nullopt;
    }
    part.duration = *duration;
    part.bytes = range->bytes;
    lines = ahead;
    return part;
}

/// The duration and bytes of a segment that consists of its parts.
void add_up(Segment& segment) {
    segment.bytes.offset = segment.parts.front().bytes.offset;
    for (const Part& part : segment.parts) {
        segment.duration += part.duration;
        segment.bytes.size += part.bytes.size;
    }
}

/// The next EXTINF/BYTERANGE/URI triple into the segment; false, and the lines still to come, where
/// none follows.
bool read_triple(LineReader& lines, const std::string& file, Segment& segment) {
    LineReader ahead = lines;
    const auto extinf = ahead.next_after("#EXTINF:");
    const auto byterange = ahead.next_after("#EXT-X-BYTERANGE:");
    if (!extinf || !byterange || ahead.next() != file) {
        return false;
    }
    const auto duration = parse_duration(*extinf);
    const auto bytes = parse_byte_range(*byterange);
    if (!duration || !bytes) {
        return false;
    }
    segment.duration = *duration;
    segment.bytes = *bytes;
    lines = ahead;
    return true;
}

/// The segments, and the one that is open. The lines still to come are those of no whole part.
void read_segments(LineReader& lines, MediaPlaylist& playlist) {
    for (;;) {
        LineReader ahead = lines;
        Segment segment;
        segment.head = read_head(ahead);
        // Only a live recording has breaks and other forms, and its segments say when they begin.
        if (segment.head != SegmentHead{} && !segment.head.begins_at) {
            return;
        }
        while (const auto part = read_part(ahead)) {
            segment.parts.push_back(*part);
        }
        if (!read_triple(ahead, playlist.file, segment)) {
            if (!segment.parts.empty()) {
                add_up(segment);
                playlist.open = std::move(segment);
                lines = ahead;
            }
            return;
        }
        playlist.segments.push_back(std::move(segment));
        lines = ahead;
    }
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

std::string to_file_lines(const std::string& file, const SegmentHead& head) {
    std::string lines;
    if (head.continuity == SegmentHead::Continuity::breaks) {
        lines += tags::discontinuity;
    }
    if (head.init) {
        lines += tags::map;
        lines += map_of(file, *head.init) + '\n';
    }
    if (head.begins_at) {
        lines += tags::date;
        lines += time::format_rfc3339_with_milliseconds(*head.begins_at) + '\n';
    }
    return lines;
}

std::string to_file_lines(const std::string& file, const Part& part) {
    std::string line(tags::part);
    line += tags::seconds(part.duration) + ',' + map_of(file, part.bytes);
    if (part.start == Part::Start::independent) {
        line += tags::independent;
    }
    return line += '\n';
}

std::string to_file_lines(const std::string& file, const Segment& segment) {
    return tags::extinf(segment.duration) + "#EXT-X-BYTERANGE:" + to_text(segment.bytes) + '\n' +
           file + '\n';
}

namespace {

/// What stands before a segment's triple.
std::string lines_before(const MediaPlaylist& playlist, const Segment& segment) {
    std::string lines = to_file_lines(playlist.file, segment.head);
    if (tags::has_parts(playlist)) {
        for (const Part& part : segment.parts) {
            lines += to_file_lines(playlist.file, part);
        }
    }
    return lines;
}

} // namespace

std::string to_file_text(const MediaPlaylist& playlist) {
    std::string text = header(playlist, map_of(playlist.file, playlist.init));
    for (const Segment& segment : playlist.segments) {
        text += lines_before(playlist, segment);
        text += to_file_lines(playlist.file, segment);
    }
    if (playlist.open) {
        text += lines_before(playlist, *playlist.open);
    }
    return text += ending(playlist);
}

Result<MediaPlaylist> parse_file_text(std::string_view text) {
    LineReader lines(text);
    auto playlist = read_header(lines);
    if (!playlist) {
        return not_an_index();
    }
    read_segments(lines, *playlist);
    LineReader rest = lines;
    read_head(rest);
    const std::string written = to_file_text(*playlist);
    const bool whole = playlist->age == MediaPlaylist::Age::ended
                           ? text == written
                           : text.starts_with(written) && !holds_a_whole_triple(rest.rest());
    return whole ? Result<MediaPlaylist>(std::move(*playlist)) : not_an_index();
}

namespace {

/// The same playlist as it was before its first segment.
MediaPlaylist without_segments(const MediaPlaylist& playlist) {
    MediaPlaylist bare;
    bare.target_duration = playlist.target_duration;
    bare.first_number = playlist.first_number;
    bare.age = playlist.age;
    bare.file = playlist.file;
    bare.init = playlist.init;
    bare.content = playlist.content;
    bare.part_target = playlist.part_target;
    return bare;
}

} // namespace

std::uint64_t header_bytes(const MediaPlaylist& playlist) {
    return to_file_text(without_segments(playlist)).size();
}

std::uint64_t segment_bytes(const MediaPlaylist& playlist, std::size_t first) {
    std::uint64_t bytes = 0;
    for (std::size_t at = first; at < playlist.segments.size(); ++at) {
        const Segment& segment = playlist.segments[at];
        bytes += lines_before(playlist, segment).size() + to_file_lines(playlist.file, segment).size();
    }
    return bytes;
}

Result<MediaPlaylist> parse_file_tail(const MediaPlaylist& before, std::string_view tail) {
    return parse_file_text(to_file_text(without_segments(before)) + std::string(tail));
}

} // namespace catalog::media
