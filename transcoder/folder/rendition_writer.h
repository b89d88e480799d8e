#pragma once

#include "catalog/media/media_playlist.h"
#include "transcoder/folder/files.h"
#include "transcoder/plan/grid.h"
#include "transcoder/stages/fragment.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace transcoder::folder {

/// Puts one rendition's fragments in order into its CMAF file, and its segments into the index
/// beside it: first the bytes (fdatasync), then the line. What a stopped run left is kept as far as
/// the index names it; what stands behind is cut off, and fragments that are there already are
/// dropped as they come again. Any thread.
///
/// A segment is only named when it is known that no sliver follows: then it takes the sliver in.
class RenditionWriter : public stages::FragmentSink {
  public:
    enum class Kind { picture, sound };
    using OnSegment = std::function<void(const RenditionWriter&, std::size_t number,
                                         const catalog::media::Segment&)>;

    /// Goes on with what lies in `folder`. `on_segment` is called with the writer locked, and must
    /// not call it.
    RenditionWriter(std::filesystem::path folder, std::string name, Kind kind,
                    const plan::Grid& grid, OnSegment on_segment);

    void describe(const av::EncodedForm& form, const AVPacket& first) override;
    void add(stages::Fragment fragment) override;

    /// All fragments have been added: the last segment is named. The index still grows, so to say:
    /// `close` ends it.
    void finish();
    /// Ends the index (VOD, ENDLIST), at once.
    void close();

    const std::string& name() const { return name_; }
    std::size_t segments() const;
    /// The index as it stands.
    catalog::media::MediaPlaylist playlist() const;
    /// Empty until described.
    std::string codec() const;

  private:
    struct Waiting {
        std::int64_t frames;
        std::uint64_t bytes;
    };
    std::filesystem::path media_path() const { return folder_ / (name_ + ".mp4"); }
    std::filesystem::path index_path() const { return folder_ / (name_ + ".m3u8"); }
    void take_up();
    void append(const stages::Fragment& fragment);
    void name_segment(std::size_t fragments);
    std::chrono::microseconds instant(std::int64_t frame) const;

    const std::filesystem::path folder_;
    const std::string name_;
    const Kind kind_;
    const plan::Grid grid_;
    const OnSegment on_segment_;

    mutable std::mutex mutex_;
    std::optional<AppendFile> media_;
    std::optional<AppendFile> index_;
    catalog::media::MediaPlaylist playlist_;
    std::string codec_;
    std::int64_t frames_named_ = 0;            ///< that the index names
    int next_ = 0;                             ///< the next fragment for the file
    std::deque<Waiting> waiting_;              ///< in the file, not in the index
    std::map<int, stages::Fragment> ahead_;    ///< came before their turn
};

} // namespace transcoder::folder
