#pragma once

#include "catalog/id.h"
#include "catalog/media/media_playlist.h"
#include "catalog/media/multivariant_playlist.h"
#include "catalog/result.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace catalog::media {

/// A rendition's name: 'v' or 'a', a digit, then digits and lower-case letters; 16 characters at
/// most. So none is called "main" or "audio".
bool is_rendition_name(std::string_view name);

/// "v360-iframes.m3u8": the I-frames of rendition `name`.
std::string i_frames_file_of(std::string_view name);
bool is_i_frames_file(std::string_view file);

/// What lies in one recording's folder, read at once: a value.
struct MediaFolder {
    MultivariantPlaylist main;
    std::optional<MultivariantPlaylist> audio;
    std::map<std::string, MediaPlaylist> renditions;  ///< by name; those with at least one segment
    std::optional<MediaPlaylist> i_frames;            ///< those that main.m3u8 lists, where they are there

    std::set<std::string> names() const;              ///< of all renditions that are or will be
    bool ended() const;                               ///< whether all of those are there and whole
    std::chrono::microseconds duration() const;       ///< of the longest rendition

    friend bool operator==(const MediaFolder&, const MediaFolder&) = default;
};

/// Reads `folder`. Refuses: not_ready (no main.m3u8 or no whole segment yet), invalid (an index that
/// is none, or that names bytes beyond its file's end).
Result<MediaFolder> read_media_folder(const std::filesystem::path& folder);

/// Every way in which an ended folder breaks its promise (a range outside its file, renditions of
/// different ends, an index without its end, a file no index names), a sentence each.
std::vector<std::string> check_media_folder(const std::filesystem::path& folder);

} // namespace catalog::media
