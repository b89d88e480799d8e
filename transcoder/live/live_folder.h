#pragma once

#include "transcoder/live/rendition_file.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace transcoder::live {

/// One part of every rendition, all cut at the same instant.
struct Beat {
    std::optional<RenditionFile::Opening> opening;   ///< where it begins a segment
    RenditionFile::Segment segment = RenditionFile::Segment::goes_on;
    Ticks end = 0;
};

/// A beat that is on the disk.
struct Landed {
    std::size_t number = 0;   ///< of its segment
    std::size_t part = 0;     ///< within that
    RenditionFile::Segment segment = RenditionFile::Segment::goes_on;
    Ticks end = 0;
};

/// All renditions of a live recording. They grow by beats: the bytes of a part of each are on the disk
/// before any index names one. So what a killed run left is known by the beats that are in all indexes;
/// what is in some only was never told to anybody, and goes.
class LiveFolder {
  public:
    /// Goes on with what lies in `folder`.
    LiveFolder(const std::filesystem::path& folder, const std::vector<std::string>& names);

    /// Whole beats, and where they end.
    std::size_t beats() const { return beats_; }
    Ticks end() const { return end_; }
    std::size_t segments() const { return files_.front()->segments(); }
    /// When by the wall clock they end; none before the first beat.
    std::optional<catalog::time::UtcTime> ends_at() const { return files_.front()->ends_at(); }

    /// The next piece of the rendition with this index among the names; the next beat. In any order.
    void add(std::size_t rendition, Piece piece) { waiting_[rendition].push_back(std::move(piece)); }
    void add(Beat beat) { cuts_.push_back(std::move(beat)); }
    /// Writes the next beat where all that belongs to it has come.
    std::optional<Landed> land();
    /// Whether something of a beat has come, and not all.
    bool has_unlanded() const;

    const RenditionFile& file(std::size_t rendition) const { return *files_[rendition]; }

  private:
    std::vector<std::unique_ptr<RenditionFile>> files_;
    std::vector<std::deque<Piece>> waiting_;   ///< as the files
    std::deque<Beat> cuts_;
    std::size_t beats_ = 0;
    std::size_t part_ = 0;   ///< the next one's number in its segment
    Ticks end_ = 0;
};

} // namespace transcoder::live
