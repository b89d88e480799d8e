#pragma once

#include "catalog/media/media_playlist.h"
#include "transcoder/av/source_file.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace transcoder::withdraw {

/// A finished rendition of a folder, read segment by segment. Any thread.
class Rendition {
  public:
    /// Throws where it cannot be read.
    Rendition(const std::filesystem::path& folder, std::string name);

    const std::string& name() const { return name_; }
    const catalog::media::MediaPlaylist& index() const { return index_; }
    /// The bytes of its file.
    std::string bytes(const catalog::media::ByteRange& range) const;
    /// Where the init section lies that the segment at a place needs.
    catalog::media::ByteRange init_of(std::size_t at) const;
    /// What a player is given of segments `[first, last)`, which need the same one: that, and they.
    std::string playable(std::size_t first, std::size_t last) const;
    std::chrono::microseconds begin_of(std::size_t at) const;
    /// Of those that hold an instant; the last where it lies behind all.
    std::size_t segment_at(std::chrono::microseconds instant) const;

    /// Pieces of its file by where they lie: what stands there from now on.
    using Exchanged = std::map<std::uint64_t, std::string>;
    /// Puts another file in the place of its file, in which these pieces are exchanged and all others are
    /// as they were, and its index in the place of its index.
    void exchange(const Exchanged& exchanged);

  private:
    std::filesystem::path folder_;
    std::string name_;
    catalog::media::MediaPlaylist index_;
    av::SourceFile file_;
};

/// A fragment of a segment.
struct FragmentFacts {
    int number = 0;            ///< of the rendition's, from 0
    std::int64_t decoded = 0;  ///< when its first sample is, ticks, the edit list not applied
    std::size_t samples = 0;
};
/// Throws where the bytes are none.
std::vector<FragmentFacts> fragments_in(std::string_view segment);

} // namespace transcoder::withdraw
