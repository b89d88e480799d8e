#include "transcoder/stills/rendition_reader.h"

#include "transcoder/av/time.h"

#include <utility>

namespace transcoder::stills {

using std::chrono::microseconds;

RenditionReader::RenditionReader(const std::filesystem::path& file)
    : file_(av::SourceFile::open(file)), input_(file_) {
    input_.only(0);
    ahead_ = input_.read();
}

std::optional<microseconds> RenditionReader::begin_of(const av::Packet& packet) const {
    return av::to_microseconds(packet->pts, stream().time_base);
}

std::optional<Gop> RenditionReader::next() {
    if (!ahead_)
        return std::nullopt;
    Gop gop;
    gop.begin = begin_of(ahead_).value_or(gop.begin);
    gop.packets.push_back(std::move(ahead_));
    while (ahead_ = input_.read(), ahead_ && (ahead_->flags & AV_PKT_FLAG_KEY) == 0)
        gop.packets.push_back(std::move(ahead_));
    gop.end = ahead_ ? begin_of(ahead_).value_or(gop.begin) : microseconds::max();
    return gop;
}

Pictures::Pictures(const AVStream& stream, std::span<const av::Packet> packets)
    : stream_(stream), left_(packets), decoder_(stream) {}

std::optional<Picture> Pictures::next() {
    for (;;) {
        if (auto frame = decoder_.receive()) {
            const auto at = av::to_microseconds(frame->pts, stream_.time_base);
            return Picture{at.value_or(microseconds{0}), std::move(frame)};
        }
        if (ended_)
            return std::nullopt;
        if (left_.empty()) {
            decoder_.send(nullptr);
            ended_ = true;
            continue;
        }
        decoder_.send(left_.front().get());
        left_ = left_.subspan(1);
    }
}

av::Frame key_picture(const RenditionReader& rendition, const Gop& gop) {
    Pictures pictures(rendition.stream(), std::span(gop.packets).first(1));
    auto picture = pictures.next();
    return picture ? std::move(picture->frame) : nullptr;
}

av::Frame picture_at(const RenditionReader& rendition, const Gop& gop, microseconds instant) {
    // Renditions count in ticks of their own, so that the same instant is a little beside.
    constexpr microseconds rounding{1000};
    Pictures pictures(rendition.stream(), gop.packets);
    av::Frame shown;
    while (auto picture = pictures.next()) {
        if (shown && picture->at > instant + rounding)
            break;
        shown = std::move(picture->frame);
    }
    return shown;
}

} // namespace transcoder::stills
