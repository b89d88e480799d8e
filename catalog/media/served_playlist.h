#pragma once

#include "catalog/media/media_playlist.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace catalog::media {

/// The form that is served: "init.mp4" and "<number>.m4s" ("i<number>.m4s" of I-frames alone), each a
/// whole resource. A further init section is "init-<number of its first segment>.mp4". What was made anew
/// has its revision in its name ("17-r1.m4s", "init-r1.mp4"); what is withheld is a gap (EXT-X-GAP).
std::string to_served_text(const MediaPlaylist& playlist);

/// "-r1"; empty of what was never made anew.
std::string revision_mark(unsigned revision);

/// A part of a live recording: `part` of segment `number`, from 0.
struct PartPosition {
    std::uint64_t number = 0;
    std::uint64_t part = 0;
    friend auto operator<=>(const PartPosition&, const PartPosition&) = default;
};
/// "17.2.m4s"
std::string part_name(const PartPosition& position);

/// The last part that is listed; none where there is none. `playlist` is a live one (`part_target`).
std::optional<PartPosition> last_part(const MediaPlaylist& playlist);
/// Leaves out what stands behind the part `last`.
void hold_back_to(MediaPlaylist& playlist, const PartPosition& last);
/// The part that comes next.
PartPosition next_part(const MediaPlaylist& playlist);
/// Whether segment `number` is whole or, where a part is asked for, that part is there; one beyond a
/// segment's last is the next segment's first (RFC 8216bis 6.2.5.2).
bool has_reached(const MediaPlaylist& playlist, std::uint64_t number,
                 std::optional<std::uint64_t> part);

/// The form that is served while a live recording grows (low-latency HLS): parts of the last three
/// target durations, what comes next, and how far the `others` are, which go beside it.
std::string to_live_text(const MediaPlaylist& playlist, const std::vector<std::string>& others);
/// The same as a delta update: what is older than the skip boundary is left out. As `to_live_text`
/// where nothing is.
std::string to_delta_text(const MediaPlaylist& playlist, const std::vector<std::string>& others);

} // namespace catalog::media
