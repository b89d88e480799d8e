#pragma once

#include "catalog/media/media_playlist.h"
#include "transcoder/folder/files.h"
#include "transcoder/stages/fragment.h"

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::folder {

/// Puts one rendition's fragments in order into its CMAF file, and its segments into the index
/// beside it: first the bytes (fdatasync), then the line. What a stopped run left is kept as far as
/// the index names it; what stands behind is cut off, and fragments that are there already are
/// dropped as they come again. Any thread.
///
/// A segment is named when a fragment of the next comes: a sliver may still have belonged to it.
class RenditionWriter : public stages::FragmentSink {
  public:
    /// What is known of a rendition's segments before there are any.
    struct Shape {
        int target_duration = 0;   ///< seconds
        /// The number of a segment's first fragment.
        std::function<int(int segment)> first_fragment;
        /// Whether each segment goes to the disk by itself, or, where they come fast, several: one
        /// at first, then more and more.
        enum class Synced { each, many } synced = Synced::each;
    };
    using OnSegment = std::function<void(const RenditionWriter&, std::size_t number,
                                         const catalog::media::Segment&)>;

    /// Goes on with what lies in `folder`. `on_segment` is called with the writer locked, and must
    /// not call it.
    RenditionWriter(std::filesystem::path folder, std::string name, Shape shape,
                    OnSegment on_segment);

    void describe(const av::EncodedForm& form, const AVPacket& first) override;
    void add(stages::Fragment fragment) override;

    /// The last segment is named. The index still grows, so to say: `close` ends it.
    void finish() override;
    /// Ends the index (VOD, ENDLIST), at once.
    void close();

    const std::string& name() const { return name_; }
    std::size_t segments() const override;
    /// The index as it stands.
    catalog::media::MediaPlaylist playlist() const;
    /// Empty until described.
    std::string codec() const;

  private:
    /// What is in the file and not in the index.
    struct Unnamed {
        std::size_t segment = 0;
        std::chrono::microseconds end{0};
        std::uint64_t bytes = 0;
    };
    std::filesystem::path media_path() const { return folder_ / (name_ + ".mp4"); }
    std::filesystem::path index_path() const { return folder_ / (name_ + ".m3u8"); }
    void take_up();
    void append(const stages::Fragment& fragment);
    void name_segment();
    void sync_named();
    std::size_t segments_at_once() const;

    const std::filesystem::path folder_;
    const std::string name_;
    const Shape shape_;
    const OnSegment on_segment_;

    mutable std::mutex mutex_;
    std::optional<AppendFile> media_;
    std::optional<AppendFile> index_;
    catalog::media::MediaPlaylist playlist_;
    std::string codec_;
    int next_ = 0;                             ///< the next fragment for the file
    std::optional<Unnamed> unnamed_;           ///< the segment at the file's end
    std::vector<catalog::media::Segment> named_;  ///< whole, and not yet in the index
    std::chrono::microseconds named_end_{0};   ///< of all whole ones
    std::uint64_t named_bytes_end_ = 0;
    std::map<int, stages::Fragment> ahead_;    ///< came before their turn
};

} // namespace transcoder::folder
