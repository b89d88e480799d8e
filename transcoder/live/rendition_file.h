#pragma once

#include "catalog/media/media_playlist.h"
#include "transcoder/folder/files.h"
#include "transcoder/live/piece.h"

#include <filesystem>
#include <optional>
#include <string>

namespace transcoder::live {

/// One rendition's file and index while they grow, part by part.
///
///     file    ftyp moov │ moof mdat │ moof mdat │ …  ftyp moov │ moof mdat …   another form: a further MAP
///     index   header    │ head PART │ PART      │ … EXTINF │ head PART …
class RenditionFile {
  public:
    /// What is written when a part begins a segment.
    struct Opening {
        /// By the wall clock; none: where the segment before it ends, which differs a little from
        /// rendition to rendition.
        std::optional<catalog::time::UtcTime> begins_at;
        catalog::media::SegmentHead::Continuity continuity;
    };

    /// Goes on with what lies in `folder`, of which `parts` parts stay: what is further on is cut off,
    /// and a segment that was left open is closed.
    RenditionFile(const std::filesystem::path& folder, std::string name, std::size_t parts);

    /// How many whole parts lie in `folder`.
    static std::size_t parts_in(const std::filesystem::path& folder, const std::string& name);

    /// The bytes of a part: on the disk when this returns.
    void append(const Piece& piece, const std::optional<Opening>& opening);
    enum class Segment { goes_on, is_whole };
    /// The lines of what was appended last.
    void list(Segment segment);

    const std::string& name() const { return name_; }
    /// As RFC 6381 says it, of all forms that it had; empty before the first part.
    const std::string& codec() const { return codec_; }
    /// When by the wall clock its last segment ends; none before the first.
    std::optional<catalog::time::UtcTime> ends_at() const { return ends_at_; }
    std::chrono::microseconds duration() const { return duration_; }
    std::size_t segments() const { return segments_; }

  private:
    void begin(const std::string& init);
    void take_up(catalog::media::MediaPlaylist playlist);
    catalog::time::UtcTime now_by_the_clock() const;
    void take_form(std::string init);
    catalog::media::ByteRange append_init(const std::string& init);

    std::filesystem::path folder_;
    std::string name_;
    std::string init_;                       ///< the one in force
    std::string codec_;
    std::optional<folder::AppendFile> media_;
    std::optional<folder::AppendFile> index_;
    std::optional<catalog::media::Segment> open_;
    std::string unlisted_;                   ///< lines of what was appended last
    std::chrono::microseconds duration_{0};  ///< of all parts
    std::size_t segments_ = 0;               ///< begun ones
    std::optional<catalog::time::UtcTime> ends_at_;
    struct Known {
        catalog::time::UtcTime at;
        std::chrono::microseconds place{0};  ///< in the recording
    };
    std::optional<Known> known_;             ///< the last instant that was told, so that none drifts
};

/// Seconds, of every live recording.
inline constexpr int target_duration = 4;
inline constexpr std::chrono::microseconds part_target{1'050'000};

} // namespace transcoder::live
