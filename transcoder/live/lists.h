#pragma once

#include "catalog/media/multivariant_playlist.h"
#include "transcoder/live/ladder.h"
#include "transcoder/live/live_folder.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace transcoder::live {

inline constexpr const char* sound_name = "a64";
inline constexpr int sound_rate = 64'000;

/// The names of all renditions, the thinnest first, sound last.
std::vector<std::string> names_of(const std::vector<LiveRung>& rungs);

/// What main.m3u8 and audio.m3u8 tell of a live recording.
struct Lists {
    std::vector<LiveRung> rungs;
    std::string language;                                ///< BCP 47
    std::set<std::string> resting;                       ///< are not listed
    std::vector<catalog::media::Bandwidth> bandwidths;   ///< as the names; empty: as planned
    std::optional<catalog::media::IFrameStream> i_frames;
};

/// The codecs by name.
using CodecOf = std::function<std::string(std::size_t rendition)>;

/// Writes both, each at once. Gives the names that they list.
std::vector<std::string> write_lists(const std::filesystem::path& folder, const Lists& lists,
                                     const CodecOf& codec_of);

} // namespace transcoder::live
