#include "transcoder/folder/rendition_writer.h"

#include "transcoder/av/fragment_muxer.h"
#include "transcoder/folder/text_file.h"

namespace transcoder::folder {

using catalog::media::MediaPlaylist;
using catalog::media::Segment;

RenditionWriter::RenditionWriter(std::filesystem::path folder, std::string name, Kind kind,
                                 const plan::Grid& grid, OnSegment on_segment)
    : folder_(std::move(folder)), name_(std::move(name)), kind_(kind), grid_(grid),
      on_segment_(std::move(on_segment)) {
    playlist_.target_duration = plan::Grid::target_duration;
    playlist_.file = name_ + ".mp4";
    take_up();
}

void RenditionWriter::take_up() {
    const auto text = read_text(index_path());
    if (!text)
        return;
    auto found = catalog::media::parse_file_text(*text);
    if (!found || found->file != playlist_.file || found->init.size == 0)
        return;
    const auto end = found->segments.empty() ? found->init.end() : found->segments.back().bytes.end();
    std::error_code unknown;
    if (const auto size = std::filesystem::file_size(media_path(), unknown); unknown || size < end)
        return;
    playlist_ = std::move(*found);
    frames_named_ = grid_.nearest(playlist_.duration());
    next_ = static_cast<int>((frames_named_ + grid_.gop() - 1) / grid_.gop());
    media_.emplace(media_path(), end);
    if (playlist_.age == MediaPlaylist::Age::ended)
        return;
    const auto whole = catalog::media::to_file_text(playlist_);
    index_.emplace(index_path(), whole.size());
}

std::chrono::microseconds RenditionWriter::instant(std::int64_t frame) const {
    return kind_ == Kind::picture ? grid_.at(frame) : plan::sound_instant(grid_.sound_packet(frame));
}

void RenditionWriter::describe(const av::EncodedForm& form, const AVPacket& first) {
    const std::lock_guard lock(mutex_);
    if (!codec_.empty())
        return;
    codec_ = av::codec_name(form);
    if (media_)
        return;
    const auto init = av::init_section(form, first);
    media_.emplace(media_path(), 0);
    media_->append(init);
    media_->sync();
    playlist_.init = {0, init.size()};
    replace_file(index_path(), catalog::media::to_file_text(playlist_));
    index_.emplace(index_path(), catalog::media::to_file_text(playlist_).size());
}

void RenditionWriter::add(stages::Fragment fragment) {
    const std::lock_guard lock(mutex_);
    if (fragment.number < next_)
        return;
    ahead_.emplace(fragment.number, std::move(fragment));
    while (!ahead_.empty() && ahead_.begin()->first == next_) {
        append(ahead_.begin()->second);
        ahead_.erase(ahead_.begin());
    }
}

void RenditionWriter::append(const stages::Fragment& fragment) {
    media_->append(fragment.bytes);
    waiting_.push_back({fragment.frames, fragment.bytes.size()});
    ++next_;
    constexpr std::size_t whole = plan::Grid::gops_a_segment;
    if (waiting_.size() > whole && !grid_.is_sliver(fragment.frames))
        name_segment(whole);
}

void RenditionWriter::finish() {
    const std::lock_guard lock(mutex_);
    if (!waiting_.empty())
        name_segment(waiting_.size());
}

void RenditionWriter::name_segment(std::size_t fragments) {
    const auto begin = frames_named_;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < fragments; ++i) {
        frames_named_ += waiting_.front().frames;
        bytes += waiting_.front().bytes;
        waiting_.pop_front();
    }
    const auto offset =
        playlist_.segments.empty() ? playlist_.init.end() : playlist_.segments.back().bytes.end();
    const Segment segment{instant(frames_named_) - instant(begin), {offset, bytes}};
    media_->sync();
    index_->append(catalog::media::to_file_lines(playlist_.file, segment));
    index_->sync();
    playlist_.segments.push_back(segment);
    on_segment_(*this, playlist_.segments.size() - 1, segment);
}

void RenditionWriter::close() {
    const std::lock_guard lock(mutex_);
    index_.reset();
    playlist_.age = MediaPlaylist::Age::ended;
    replace_file(index_path(), catalog::media::to_file_text(playlist_));
}

std::size_t RenditionWriter::segments() const {
    const std::lock_guard lock(mutex_);
    return playlist_.segments.size();
}

MediaPlaylist RenditionWriter::playlist() const {
    const std::lock_guard lock(mutex_);
    return playlist_;
}

std::string RenditionWriter::codec() const {
    const std::lock_guard lock(mutex_);
    return codec_;
}

} // namespace transcoder::folder
