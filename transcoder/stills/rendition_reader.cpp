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

Pictures::Pictures(const AVStream& stream, std::span<const av::Packet> packets,
                   microseconds wanted_from)
    : stream_(stream), left_(packets), wanted_from_(wanted_from), decoder_(stream) {}

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
        const auto& packet = *left_.front();
        const auto at = av::to_microseconds(packet.pts, stream_.time_base);
        decoder_.want(at && *at < wanted_from_ ? av::Decoder::Wanted::needed_by_others
                                               : av::Decoder::Wanted::all);
        decoder_.send(&packet);
        left_ = left_.subspan(1);
    }
}

av::Frame key_picture(const RenditionReader& rendition, const Gop& gop) {
    Pictures pictures(rendition.stream(), std::span(gop.packets).first(1));
    auto picture = pictures.next();
    return picture ? std::move(picture->frame) : nullptr;
}

std::vector<av::Frame> pictures_at(const AVStream& stream, const Gop& gop,
                                   std::span<const microseconds> instants) {
    // Renditions count in ticks of their own, so that the same instant is a little beside.
    constexpr microseconds rounding{1000};
    // What stays longer than this is no picture that no other refers to.
    constexpr std::chrono::seconds before{2};
    const std::span packets(gop.packets);
    const bool is_key = instants.back() <= gop.begin;
    Pictures pictures(stream, is_key ? packets.first(1) : packets, instants.front() - before);
    std::vector<av::Frame> found;
    av::Frame shown;
    const auto find = [&] { found.push_back(shown ? av::another(*shown) : nullptr); };
    while (found.size() < instants.size()) {
        auto picture = pictures.next();
        if (!picture)
            break;
        while (shown && found.size() < instants.size() &&
               picture->at > instants[found.size()] + rounding)
            find();
        shown = std::move(picture->frame);
    }
    while (found.size() < instants.size())
        find();
    return found;
}

} // namespace transcoder::stills
