#include "transcoder/live/rendition_file.h"

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/source_file.h"
#include "transcoder/folder/text_file.h"

#include <span>

namespace transcoder::live {

namespace {

namespace fs = std::filesystem;
using catalog::media::ByteRange;
using catalog::media::MediaPlaylist;
using catalog::media::Part;

std::string file_of(const std::string& name) { return name + ".mp4"; }

/// The index as far as bytes of the file are behind it; none where there is none.
std::optional<MediaPlaylist> read_index(const fs::path& folder, const std::string& name) {
    const auto text = folder::read_text(folder / (name + ".m3u8"));
    if (!text)
        return std::nullopt;
    auto found = catalog::media::parse_file_text(*text);
    if (!found || found->file != file_of(name) || !found->part_target)
        return std::nullopt;
    if (auto open = std::exchange(found->open, std::nullopt))
        found->segments.push_back(std::move(*open));
    return std::move(*found);
}

std::uint64_t end_of(const MediaPlaylist& playlist) {
    return playlist.segments.empty() ? playlist.init.end() : playlist.segments.back().bytes.end();
}

std::size_t count_parts(const MediaPlaylist& playlist) {
    std::size_t count = 0;
    for (const auto& segment : playlist.segments)
        count += segment.parts.size();
    return count;
}

/// Takes the last part away, and its segment where it was the only one.
void drop_last_part(MediaPlaylist& playlist) {
    auto& last = playlist.segments.back();
    if (last.parts.size() == 1) {
        playlist.segments.pop_back();
        return;
    }
    last.duration -= last.parts.back().duration;
    last.bytes.size -= last.parts.back().bytes.size;
    last.parts.pop_back();
}

std::string read(const fs::path& file, const ByteRange& range) {
    const auto source = av::SourceFile::open(file);
    std::string bytes(range.size, '\0');
    const auto got = source.read(range.offset, std::as_writable_bytes(std::span(bytes)));
    bytes.resize(got);
    return bytes;
}

/// Its init sections, the one that is in force last.
std::vector<ByteRange> inits_of(const MediaPlaylist& playlist) {
    std::vector<ByteRange> inits{playlist.init};
    for (const auto& segment : playlist.segments)
        if (segment.head.init)
            inits.push_back(*segment.head.init);
    return inits;
}

std::optional<catalog::time::UtcTime> end_by_the_clock(const catalog::media::Segment& segment) {
    if (!segment.head.begins_at)
        return std::nullopt;
    return *segment.head.begins_at +
           std::chrono::round<std::chrono::milliseconds>(segment.duration);
}

} // namespace

std::size_t RenditionFile::parts_in(const fs::path& folder, const std::string& name) {
    auto playlist = read_index(folder, name);
    std::error_code unknown;
    const auto size = fs::file_size(folder / file_of(name), unknown);
    if (!playlist || unknown)
        return 0;
    while (!playlist->segments.empty() && end_of(*playlist) > size)
        drop_last_part(*playlist);
    return count_parts(*playlist);
}

RenditionFile::RenditionFile(const fs::path& folder, std::string name, std::size_t parts)
    : folder_(folder), name_(std::move(name)) {
    auto playlist = parts > 0 ? read_index(folder, name_) : std::nullopt;
    if (!playlist)
        return;
    for (auto more = count_parts(*playlist); more > parts; --more)
        drop_last_part(*playlist);
    take_up(std::move(*playlist));
}

void RenditionFile::take_up(MediaPlaylist playlist) {
    media_.emplace(folder_ / file_of(name_), end_of(playlist));
    const auto text = catalog::media::to_file_text(playlist);
    const auto path = folder_ / (name_ + ".m3u8");
    if (folder::read_text(path) != text)
        folder::replace_file(path, text);
    index_.emplace(path, text.size());
    for (const auto& init : inits_of(playlist))
        take_form(read(folder_ / file_of(name_), init));
    duration_ = playlist.duration();
    segments_ = playlist.segments.size();
    ends_at_ = end_by_the_clock(playlist.segments.back());
}

void RenditionFile::begin(const std::string& init) {
    MediaPlaylist playlist;
    playlist.target_duration = target_duration;
    playlist.part_target = part_target;
    playlist.file = file_of(name_);
    playlist.init = {0, init.size()};
    media_.emplace(folder_ / playlist.file, 0);
    media_->append(init);
    media_->sync();
    const auto text = catalog::media::to_file_text(playlist);
    folder::replace_file(folder_ / (name_ + ".m3u8"), text);
    index_.emplace(folder_ / (name_ + ".m3u8"), text.size());
    take_form(init);
}

ByteRange RenditionFile::append_init(const std::string& init) {
    const ByteRange range{media_->size(), init.size()};
    media_->append(init);
    take_form(init);
    return range;
}

void RenditionFile::append(const Piece& piece, const std::optional<Opening>& opening) {
    if (!media_)
        begin(piece.init);
    if (opening) {
        open_.emplace();
        if (opening->begins_at)
            known_ = Known{*opening->begins_at, duration_};
        open_->head.begins_at = now_by_the_clock();
        open_->head.continuity = opening->continuity;
        if (!piece.init.empty() && piece.init != init_)
            open_->head.init = append_init(piece.init);
        open_->bytes.offset = media_->size();
        ++segments_;
        unlisted_ = catalog::media::to_file_lines(file_of(name_), open_->head);
    }
    const Part part{piece.duration, {media_->size(), piece.bytes.size()}, piece.start};
    media_->append(piece.bytes);
    media_->sync();
    open_->duration += part.duration;
    open_->bytes.size += part.bytes.size;
    duration_ += part.duration;
    ends_at_ = now_by_the_clock();
    unlisted_ += catalog::media::to_file_lines(file_of(name_), part);
}

/// Of the end of what is there.
catalog::time::UtcTime RenditionFile::now_by_the_clock() const {
    return known_->at + std::chrono::round<std::chrono::milliseconds>(duration_ - known_->place);
}

void RenditionFile::take_form(std::string init) {
    const auto codec = av::codec_name(init);
    codec_ = codec_.empty() ? codec : av::covering_codec(codec_, codec);
    init_ = std::move(init);
}

void RenditionFile::list(Segment segment) {
    if (segment == Segment::is_whole)
        unlisted_ += catalog::media::to_file_lines(file_of(name_), *open_);
    index_->append(std::exchange(unlisted_, {}));
    index_->sync();
    if (segment == Segment::is_whole)
        open_.reset();
}

} // namespace transcoder::live
