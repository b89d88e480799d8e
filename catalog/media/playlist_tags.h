#pragma once

#include "catalog/media/media_playlist.h"

#include <string>
#include <string_view>

/// Tags of media playlists, as they stand on disk and as they are served.
namespace catalog::media::tags {

inline constexpr std::string_view part_target = "#EXT-X-PART-INF:PART-TARGET=";
inline constexpr std::string_view discontinuity = "#EXT-X-DISCONTINUITY\n";
inline constexpr std::string_view date = "#EXT-X-PROGRAM-DATE-TIME:";
inline constexpr std::string_view map = "#EXT-X-MAP:";
inline constexpr std::string_view part = "#EXT-X-PART:DURATION=";
inline constexpr std::string_view independent = ",INDEPENDENT=YES";
inline constexpr std::string_view i_frames_only = "#EXT-X-I-FRAMES-ONLY\n";
inline constexpr std::string_view gap = "#EXT-X-GAP\n";
inline constexpr std::string_view end = "#EXT-X-ENDLIST\n";

constexpr std::size_t fraction_digits = 6;

/// "6.006000"
std::string seconds(std::chrono::microseconds duration);
/// "#EXTINF:6.006000,\n"
std::string extinf(std::chrono::microseconds duration);
/// "EVENT" or "VOD"
std::string_view type_of(MediaPlaylist::Age age);
/// EXT-X-MAP needs 5 in a playlist of I-frames alone, else 6 (RFC 8216bis 8); the other tags need less.
int version_of(MediaPlaylist::Content content);
/// Parts are for those who follow what grows.
bool has_parts(const MediaPlaylist& playlist);

} // namespace catalog::media::tags
