#pragma once

#include "tests/support/hls_rules/breach.h"
#include "tests/support/hls_rules/bytes.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hls_rules {

/// Files of a folder, each mapped once.
class Files {
  public:
    /// Throws Malformed where there is no such file.
    Bytes bytes(const std::filesystem::path& file);

  private:
    std::map<std::filesystem::path, std::unique_ptr<MappedFile>> files_;
};

/// A resource that a playlist names: a file or a part of it.
struct Resource {
    std::string address;
    std::optional<std::size_t> offset; ///< nothing: the whole file
    std::size_t size = 0;
    Bytes bytes; ///< empty where it is not there
};

struct ListedSegment {
    double duration = 0; ///< seconds, as EXTINF says
    Resource resource;
    std::size_t form = 0; ///< of the init sections, the one that it needs
};

/// A media playlist with the bytes that it names.
struct ListedMedia {
    int target_duration = 0; ///< 0 where there is none
    std::vector<Resource> inits; ///< each holds from the first segment that needs it on
    std::vector<ListedSegment> segments;
    bool only_i_frames = false; ///< EXT-X-I-FRAMES-ONLY
};

/// Reads a finished media playlist and notes what is wrong with it (P, M1 to M12).
ListedMedia read_media_playlist(const std::filesystem::path& file, const std::string& place,
                                Files& files, Breaches& breaches);

} // namespace hls_rules
