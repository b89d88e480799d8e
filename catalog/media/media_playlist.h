#pragma once

#include "catalog/media/segment.h"
#include "catalog/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::media {

/// A media playlist (RFC 8216bis) of one rendition whose segments are ranges of one CMAF file.
/// On disk it is that rendition's index: `v720.m3u8` beside `v720.mp4`.
struct MediaPlaylist {
    int target_duration = 6;                 ///< seconds
    std::uint64_t first_number = 0;          ///< EXT-X-MEDIA-SEQUENCE
    enum class Age { growing, ended } age = Age::growing;
    std::string file;                        ///< the CMAF file's name: "v720.mp4"
    ByteRange init;                          ///< ftyp and moov
    std::vector<Segment> segments;
    /// What the segments are. Of I-frames alone (EXT-X-I-FRAMES-ONLY): one each, from its `moof` to
    /// the end of its sample, and until the next one in time. On disk: `v720-iframes.m3u8`.
    enum class Content { all, i_frames } content = Content::all;
    /// No part is longer (EXT-X-PART-INF); of live recordings.
    std::optional<std::chrono::microseconds> part_target{};
    /// The segment at the end that is not whole: its head, and its parts so far, at least one. Its
    /// duration and bytes are theirs.
    std::optional<Segment> open{};
    /// Of what is cut out of a playlist (cut.h): each segment's number, where some are left out between
    /// them. Not on disk. Empty: they count up from `first_number`.
    std::vector<std::uint64_t> numbers{};
    /// How many times parameter sets were added to the init sections (withdrawal.h). Not on disk.
    unsigned init_revision = 0;

    std::uint64_t number_at(std::size_t at) const;
    /// Null where there is none of that number.
    const Segment* find(std::uint64_t number) const;
    std::chrono::microseconds duration() const;   ///< of whole segments

    friend bool operator==(const MediaPlaylist&, const MediaPlaylist&) = default;
};

/// The form on disk: EXT-X-MAP and segments by EXT-X-BYTERANGE into `file`, always with an offset.
/// PLAYLIST-TYPE is EVENT while it grows; VOD, and EXT-X-ENDLIST, when ended: then without parts.
std::string to_file_text(const MediaPlaylist& playlist);

/// The lines that are added to the form on disk while it grows: where a segment begins, for each of
/// its parts, and when it is whole.
std::string to_file_lines(const std::string& file, const SegmentHead& head);
std::string to_file_lines(const std::string& file, const Part& part);
std::string to_file_lines(const std::string& file, const Segment& segment);

/// Reads the form on disk. Of a growing one, what stands behind the last whole EXTINF/BYTERANGE/URI
/// triple and the whole parts behind it, a last line without its newline included, is as if not there:
/// a writer was cut off.
/// Refuses (invalid) what `to_file_text` would not write, a cut-off header and an ended one without
/// its end included: those are written whole or not at all.
Result<MediaPlaylist> parse_file_text(std::string_view text);

/// How many bytes the form on disk has above its first segment.
std::uint64_t header_bytes(const MediaPlaylist& playlist);
/// How many bytes of it the whole segments from the one at `first` on take, with what stands before them.
std::uint64_t segment_bytes(const MediaPlaylist& playlist, std::size_t first);
/// Reads on in an index that grows: `tail` is what stands in it behind `before`'s last whole segment.
/// Gives what has come: further segments, and the open one. Refuses (invalid) as `parse_file_text` does.
Result<MediaPlaylist> parse_file_tail(const MediaPlaylist& before, std::string_view tail);

} // namespace catalog::media
