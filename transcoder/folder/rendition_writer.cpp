#include "transcoder/folder/rendition_writer.h"

#include "transcoder/av/fragment_muxer.h"
#include "transcoder/folder/text_file.h"

#include <algorithm>
#include <utility>

namespace transcoder::folder {

using catalog::media::MediaPlaylist;
using catalog::media::Segment;

RenditionWriter::RenditionWriter(std::filesystem::path folder, std::string name, Shape shape,
                                 OnSegment on_segment)
    : folder_(std::move(folder)), name_(std::move(name)), shape_(std::move(shape)),
      on_segment_(std::move(on_segment)) {
    playlist_.target_duration = shape_.target_duration;
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
    next_ = shape_.first_fragment(static_cast<int>(playlist_.segments.size()));
    named_end_ = playlist_.duration();
    named_bytes_end_ = end;
    media_.emplace(media_path(), end);
    if (playlist_.age == MediaPlaylist::Age::ended)
        return;
    const auto whole = catalog::media::to_file_text(playlist_);
    index_.emplace(index_path(), whole.size());
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
    named_bytes_end_ = init.size();
    replace_file(index_path(), catalog::media::to_file_text(playlist_));
    index_.emplace(index_path(), catalog::media::to_file_text(playlist_).size());
}

void RenditionWriter::add(stages::Fragment fragment) {
    const std::lock_guard lock(mutex_);
    if (static_cast<std::size_t>(fragment.segment) < playlist_.segments.size() ||
        fragment.number < next_)
        return;
    ahead_.emplace(fragment.number, std::move(fragment));
    while (!ahead_.empty() && ahead_.begin()->first == next_) {
        append(ahead_.begin()->second);
        ahead_.erase(ahead_.begin());
    }
}

void RenditionWriter::append(const stages::Fragment& fragment) {
    const auto segment = static_cast<std::size_t>(fragment.segment);
    if (unnamed_ && unnamed_->segment != segment)
        name_segment();
    if (!unnamed_)
        unnamed_.emplace();
    media_->append(fragment.bytes);
    unnamed_->segment = segment;
    unnamed_->end = fragment.end;
    unnamed_->bytes += fragment.bytes.size();
    ++next_;
}

void RenditionWriter::finish() {
    const std::lock_guard lock(mutex_);
    if (unnamed_)
        name_segment();
    sync_named();
}

void RenditionWriter::name_segment() {
    named_.push_back({unnamed_->end - named_end_, {named_bytes_end_, unnamed_->bytes}});
    named_end_ = unnamed_->end;
    named_bytes_end_ += unnamed_->bytes;
    unnamed_.reset();
    if (named_.size() >= segments_at_once())
        sync_named();
}

std::size_t RenditionWriter::segments_at_once() const {
    constexpr std::size_t most = 32;
    return shape_.synced == Shape::Synced::each
               ? 1
               : std::clamp<std::size_t>(playlist_.segments.size() / 2, 1, most);
}

void RenditionWriter::sync_named() {
    if (named_.empty())
        return;
    std::string lines;
    for (const auto& segment : named_)
        lines += catalog::media::to_file_lines(playlist_.file, segment);
    media_->sync();
    index_->append(lines);
    index_->sync();
    for (const auto& segment : std::exchange(named_, {})) {
        playlist_.segments.push_back(segment);
        on_segment_(*this, playlist_.segments.size() - 1, segment);
    }
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
