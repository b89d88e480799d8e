#include "transcoder/folder/i_frames.h"

#include "transcoder/av/source_file.h"
#include "transcoder/av/time.h"
#include "transcoder/folder/boxes.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace transcoder::folder {

namespace {

using catalog::media::ByteRange;
using catalog::media::MediaPlaylist;
using std::chrono::microseconds;

/// Flags of tfhd, trun and samples (ISO/IEC 14496-12, 8.8.7, 8.8.8 and 8.8.3.1).
constexpr std::uint32_t tfhd_description_index = 0x2;
constexpr std::uint32_t tfhd_duration = 0x8;
constexpr std::uint32_t tfhd_size = 0x10;
constexpr std::uint32_t tfhd_flags = 0x20;
constexpr std::uint32_t trun_data_offset = 0x1;
constexpr std::uint32_t trun_first_flags = 0x4;
constexpr std::uint32_t trun_duration = 0x100;
constexpr std::uint32_t trun_size = 0x200;
constexpr std::uint32_t trun_flags = 0x400;
constexpr std::uint32_t trun_composition = 0x800;
constexpr std::uint32_t sample_is_no_key = 0x10000;

int timescale_of(std::string_view init) {
    Fields header(body_at(init, "moov/trak/mdia/mdhd"));
    const bool is_long = header.u32() >> 24U == 1;
    header.take(is_long ? 16 : 8); // when it was made and changed
    return static_cast<int>(header.u32());
}

/// A fragment's first sample.
struct Sample {
    std::int64_t shown = 0;   ///< ticks, the edit list not applied
    std::uint64_t end = 0;    ///< in bytes from the `moof` on
    bool is_key = false;
};

Sample first_sample(std::string_view moof) {
    Fields track(body_at(moof, "moof/traf/tfhd"));
    const auto track_flags = track.u32();
    track.u32(); // the track's number
    track.u32_if((track_flags & tfhd_description_index) != 0, 0);
    track.u32_if((track_flags & tfhd_duration) != 0, 0);
    const auto usual_size = track.u32_if((track_flags & tfhd_size) != 0, 0);
    const auto usual_flags = track.u32_if((track_flags & tfhd_flags) != 0, 0);

    Fields time(body_at(moof, "moof/traf/tfdt"));
    const auto decoded = time.u32() >> 24U == 1 ? time.u64() : time.u32();

    Fields run(body_at(moof, "moof/traf/trun"));
    const auto has = [flags = run.u32()](std::uint32_t what) { return (flags & what) != 0; };
    run.u32(); // how many samples
    const auto begin = run.u32_if(has(trun_data_offset), 0);
    const auto first_flags = run.u32_if(has(trun_first_flags), usual_flags);
    run.u32_if(has(trun_duration), 0);
    const auto size = run.u32_if(has(trun_size), usual_size);
    const auto flags = run.u32_if(has(trun_flags), first_flags);
    const auto composition = has(trun_composition) ? run.i32() : 0;
    if (begin < moof.size() || size == 0)
        cannot_be_read_back();
    return {static_cast<std::int64_t>(decoded) + composition, std::uint64_t{begin} + size,
            (flags & sample_is_no_key) == 0};
}

std::string read(const av::SourceFile& file, const ByteRange& range) {
    std::string bytes(range.size, '\0');
    const auto span = std::as_writable_bytes(std::span(bytes));
    for (std::size_t done = 0; done < bytes.size();) {
        const auto got = file.read(range.offset + done, span.subspan(done));
        if (got == 0)
            cannot_be_read_back();
        done += got;
    }
    return bytes;
}

/// Goes through the boxes behind a rendition's init section.
class Walk {
  public:
    Walk(const av::SourceFile& file, const MediaPlaylist& index)
        : file_(file), at_(index.init.end()),
          end_(index.segments.empty() ? at_ : index.segments.back().bytes.end()) {}

    /// Where the next `moof` is; none at the end.
    std::optional<ByteRange> next() {
        while (at_ < end_) {
            const auto bytes = read(file_, {at_, box_header});
            Fields fields(bytes);
            const auto header = take_header(fields);
            const ByteRange box{at_, header.size};
            at_ = box.end();
            if (header.type == "moof")
                return box;
        }
        return std::nullopt;
    }

  private:
    const av::SourceFile& file_;
    std::uint64_t at_;
    std::uint64_t end_;
};

/// Rounded as players round EXTINF.
int target_duration(const std::vector<catalog::media::Segment>& frames) {
    constexpr std::int64_t second = 1'000'000;
    std::int64_t longest = 1;
    for (const auto& frame : frames)
        longest = std::max(longest, (frame.duration.count() + second / 2) / second);
    return static_cast<int>(longest);
}

} // namespace

MediaPlaylist i_frames_of(const std::filesystem::path& path, const MediaPlaylist& index) {
    const auto file = av::SourceFile::open(path);
    const AVRational time_base{1, timescale_of(read(file, index.init))};
    MediaPlaylist playlist;
    playlist.content = MediaPlaylist::Content::i_frames;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.file = index.file;
    playlist.init = index.init;
    std::optional<std::int64_t> first;
    microseconds begin{0};
    Walk walk(file, index);
    while (const auto moof = walk.next()) {
        const auto sample = first_sample(read(file, *moof));
        first = first.value_or(sample.shown);
        if (!sample.is_key)
            continue;
        const auto shown = *av::to_microseconds(sample.shown - *first, time_base);
        if (!playlist.segments.empty())
            playlist.segments.back().duration = shown - begin;
        begin = shown;
        playlist.segments.push_back({index.duration() - shown, {moof->offset, sample.end}});
    }
    playlist.target_duration = target_duration(playlist.segments);
    return playlist;
}

} // namespace transcoder::folder
