#include "catalog/media/served_playlist.h"

#include "catalog/media/playlist_tags.h"

namespace catalog::media {

namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// RFC 8216bis 4.4.3.8: six target durations at least.
constexpr int target_durations_to_skip_from = 6;
/// RFC 8216bis 6.2.2: parts farther from the end need not be listed.
constexpr int target_durations_with_parts = 3;
constexpr int target_durations_held_back = 3;
constexpr int part_targets_held_back = 3;
/// EXT-X-SKIP needs it.
constexpr int version_of_delta = 9;

std::string init_name(std::optional<std::uint64_t> first, unsigned revision) {
    return (first ? "init-" + std::to_string(*first) : "init") + revision_mark(revision) + ".mp4";
}

std::string map_line(std::optional<std::uint64_t> first, unsigned revision) {
    std::string line(tags::map);
    line += "URI=\"";
    line += init_name(first, revision);
    return line += "\"\n";
}

enum class Latency { usual, low };

/// All above the first segment but EXT-X-MAP.
std::string header(const MediaPlaylist& playlist, int version, Latency latency) {
    std::string text = "#EXTM3U\n#EXT-X-VERSION:" + std::to_string(version) + '\n';
    text += "#EXT-X-TARGETDURATION:" + std::to_string(playlist.target_duration) + '\n';
    if (latency == Latency::low) {
        const seconds target(playlist.target_duration);
        text += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=" +
                tags::seconds(target_durations_to_skip_from * target) + ",PART-HOLD-BACK=" +
                tags::seconds(part_targets_held_back * *playlist.part_target) + ",HOLD-BACK=" +
                tags::seconds(target_durations_held_back * target) + '\n';
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
    return text;
}

std::string head_lines(const SegmentHead& head, std::uint64_t number, unsigned init_revision) {
    std::string lines;
    if (head.continuity == SegmentHead::Continuity::breaks) {
        lines += tags::discontinuity;
    }
    if (head.init) {
        lines += map_line(number, init_revision);
    }
    if (head.begins_at) {
        lines += tags::date;
        lines += time::format_rfc3339_with_milliseconds(*head.begins_at) + '\n';
    }
    return lines;
}

std::string part_lines(const Segment& segment, std::uint64_t number) {
    std::string lines;
    for (std::size_t at = 0; at < segment.parts.size(); ++at) {
        const Part& part = segment.parts[at];
        lines += tags::part;
        lines += tags::seconds(part.duration) + ",URI=\"" + part_name({number, at}) + '"';
        if (part.start == Part::Start::independent) {
            lines += tags::independent;
        }
        lines += '\n';
    }
    return lines;
}

std::string segment_lines(const Segment& segment, std::string_view prefix, std::uint64_t number) {
    const bool is_withheld = segment.revision.given == Revision::Given::withheld;
    return std::string(is_withheld ? tags::gap : "") + tags::extinf(segment.duration) + std::string(prefix) +
           std::to_string(number) + revision_mark(segment.revision.number) + ".m4s\n";
}

/// The length of all that is listed.
microseconds listed(const MediaPlaylist& playlist) {
    return playlist.duration() + (playlist.open ? playlist.open->duration : microseconds{0});
}

/// What stands behind the segments of a live one: what comes next, and how far the others are.
std::string live_ending(const MediaPlaylist& playlist, const std::vector<std::string>& others) {
    std::string lines =
        "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + part_name(next_part(playlist)) + "\"\n";
    const auto last = last_part(playlist);
    for (const std::string& other : others) {
        if (last) {
            lines += "#EXT-X-RENDITION-REPORT:URI=\"../" + other + "/index.m3u8\",LAST-MSN=" +
                     std::to_string(last->number) + ",LAST-PART=" + std::to_string(last->part) + '\n';
        }
    }
    return lines;
}

/// The live form from the segment at `first` on.
std::string live_segments(const MediaPlaylist& playlist, std::size_t first) {
    const microseconds with_parts = target_durations_with_parts * seconds(playlist.target_duration);
    std::string text;
    auto left = listed(playlist);
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        const Segment& segment = playlist.segments[at];
        const std::uint64_t number = playlist.first_number + at;
        left -= segment.duration;
        if (at < first) {
            continue;
        }
        text += head_lines(segment.head, number, playlist.init_revision);
        if (left < with_parts) {
            text += part_lines(segment, number);
        }
        text += segment_lines(segment, "", number);
    }
    if (playlist.open) {
        const std::uint64_t number = playlist.first_number + playlist.segments.size();
        text += head_lines(playlist.open->head, number, playlist.init_revision);
        text += part_lines(*playlist.open, number);
    }
    return text;
}

/// How many segments at the beginning lie before the skip boundary.
std::size_t skipped(const MediaPlaylist& playlist) {
    const microseconds boundary =
        target_durations_to_skip_from * seconds(playlist.target_duration);
    auto left = listed(playlist);
    std::size_t count = 0;
    for (const Segment& segment : playlist.segments) {
        left -= segment.duration;
        if (left < boundary) {
            break;
        }
        ++count;
    }
    return count;
}

/// The last part is no longer there.
void take_last_part(MediaPlaylist& playlist) {
    if (!playlist.open) {
        playlist.open = std::move(playlist.segments.back());
        playlist.segments.pop_back();
    }
    Segment& open = *playlist.open;
    open.duration -= open.parts.back().duration;
    open.bytes.size -= open.parts.back().bytes.size;
    open.parts.pop_back();
    if (open.parts.empty()) {
        playlist.open.reset();
    }
}

} // namespace

std::string revision_mark(unsigned revision) {
    return revision == 0 ? "" : "-r" + std::to_string(revision);
}

std::string part_name(const PartPosition& position) {
    return std::to_string(position.number) + '.' + std::to_string(position.part) + ".m4s";
}

std::optional<PartPosition> last_part(const MediaPlaylist& playlist) {
    const std::uint64_t next = playlist.first_number + playlist.segments.size();
    if (playlist.open) {
        return PartPosition{next, playlist.open->parts.size() - 1};
    }
    if (playlist.segments.empty() || playlist.segments.back().parts.empty()) {
        return std::nullopt;
    }
    return PartPosition{next - 1, playlist.segments.back().parts.size() - 1};
}

void hold_back_to(MediaPlaylist& playlist, const PartPosition& last) {
    for (auto at = last_part(playlist); at && *at > last; at = last_part(playlist)) {
        take_last_part(playlist);
    }
}

PartPosition next_part(const MediaPlaylist& playlist) {
    return {playlist.first_number + playlist.segments.size(),
            playlist.open ? playlist.open->parts.size() : 0};
}

bool has_reached(const MediaPlaylist& playlist, std::uint64_t number,
                 std::optional<std::uint64_t> part) {
    const std::uint64_t next = playlist.first_number + playlist.segments.size();
    if (number < next) {
        if (!part || number < playlist.first_number) {
            return true;
        }
        const bool is_beyond =
            *part >= playlist.segments[number - playlist.first_number].parts.size();
        // A segment whose parts are no longer known is long past.
        return number + 1 < next || !is_beyond || playlist.open.has_value();
    }
    return part && number == next && playlist.open && *part < playlist.open->parts.size();
}

std::string to_served_text(const MediaPlaylist& playlist) {
    const bool is_i_frames = playlist.content == MediaPlaylist::Content::i_frames;
    std::string text = header(playlist, tags::version_of(playlist.content), Latency::usual) +
                       map_line(std::nullopt, playlist.init_revision);
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        const Segment& segment = playlist.segments[at];
        text += head_lines(segment.head, playlist.number_at(at), playlist.init_revision);
        text += segment_lines(segment, is_i_frames ? "i" : "", playlist.number_at(at));
    }
    return playlist.age == MediaPlaylist::Age::ended ? text += tags::end : text;
}

std::string to_live_text(const MediaPlaylist& playlist, const std::vector<std::string>& others) {
    return header(playlist, tags::version_of(playlist.content), Latency::low) + map_line(std::nullopt, playlist.init_revision) +
           live_segments(playlist, 0) + live_ending(playlist, others);
}

std::string to_delta_text(const MediaPlaylist& playlist, const std::vector<std::string>& others) {
    const std::size_t count = skipped(playlist);
    if (count == 0) {
        return to_live_text(playlist, others);
    }
    std::string text = header(playlist, version_of_delta, Latency::low);
    // The init section that the segments behind need.
    std::optional<std::uint64_t> init;
    for (std::size_t at = 0; at < count; ++at) {
        if (playlist.segments[at].head.init) {
            init = playlist.first_number + at;
        }
    }
    text += map_line(init, playlist.init_revision);
    text += "#EXT-X-SKIP:SKIPPED-SEGMENTS=" + std::to_string(count) + '\n';
    return text + live_segments(playlist, count) + live_ending(playlist, others);
}

} // namespace catalog::media
