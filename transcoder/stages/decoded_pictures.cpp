#include "transcoder/stages/decoded_pictures.h"

#include "transcoder/av/time.h"
#include "transcoder/stages/cannot_pass.h"

#include <algorithm>

namespace transcoder::stages {

using std::chrono::microseconds;

DecodedPictures::DecodedPictures(const av::SourceFile& file, const plan::Plan& plan)
    : plan_(plan), packets_(file, plan, StraightPackets::Of::picture) {
    for (const auto& rung : plan.rungs)
        if (rung.made == plan::Rung::Made::encoded)
            cadences_.emplace_back(plan.grid, rung.divisor);
    open();
}

void DecodedPictures::open() {
    decoder_.emplace(packets_.stream());
    const auto& top = plan_.rungs.back();
    conformer_.emplace(*plan_.source.picture, av::Size{top.width, top.height});
    sequence_ = Sequence();
    latest_.reset();
    before_ = TimedPicture::Before::whole;
    state_ = State::reading;
}

void DecodedPictures::restart() {
    packets_.restart();
    open();
    all_from_ = microseconds::min();
}

bool DecodedPictures::seek(microseconds instant, microseconds all_from) {
    if (!packets_.seek(instant))
        return false;
    open();
    all_from_ = all_from;
    return true;
}

std::optional<TimedPicture> DecodedPictures::next() {
    for (;;) {
        if (auto conformed = conformer_->pull()) {
            TimedPicture picture;
            picture.instant = microseconds(conformed->frame->pts);
            picture.lasts = microseconds(conformed->frame->pkt_duration);
            picture.frame = std::move(conformed->frame);
            picture.serial = conformed->serial;
            picture.before = std::exchange(before_, TimedPicture::Before::whole);
            return picture;
        }
        // Players are less forgiving than this decoder: what is damaged is not handed on.
        if (decoder_->met_damage() && plan_.picture_passes())
            throw CannotPass{};
        if (state_ == State::ended)
            return std::nullopt;
        if (auto frame = decoder_->receive())
            take(std::move(frame));
        else if (state_ == State::reading)
            feed();
        else {
            conformer_->finish();
            state_ = State::ended;
        }
    }
}

void DecodedPictures::feed() {
    const auto packet = packets_.read();
    if (packet)
        decoder_->want(wanted_of(*packet));
    if (!packet)
        state_ = State::draining;
    else if ((packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
        before_ = TimedPicture::Before::damaged;
    if (decoder_->send(packet.get()) == av::Decoder::Taken::damaged)
        before_ = TimedPicture::Before::damaged;
}

/// What has no time may be wanted.
av::Decoder::Wanted DecodedPictures::wanted_of(const AVPacket& packet) const {
    using Wanted = av::Decoder::Wanted;
    const auto instant = packets_.instant(packet.pts);
    if (!instant)
        return Wanted::all;
    if (*instant < all_from_)
        return Wanted::needed_by_others;
    // What is handed on is an even picture after the other, and no filter looks at their neighbours.
    const auto lasts = av::to_microseconds(packet.duration, packets_.stream().time_base);
    if (!plan_.picture_passes() || !lasts || *lasts <= microseconds{0})
        return Wanted::all;
    return is_shown(*instant, *instant + *lasts) ? Wanted::all : Wanted::whole;
}

/// Whether a rung that is encoded has a frame in that time.
bool DecodedPictures::is_shown(microseconds begin, microseconds end) const {
    constexpr std::int64_t many = 12;
    const auto first = std::max<std::int64_t>(0, plan_.grid.nearest(begin));
    const auto last = std::max(first + 1, plan_.grid.nearest(end));
    if (last - first > many || last > plan_.grid.end().value_or(last))
        return true;
    for (auto frame = first; frame < last; ++frame)
        if (std::ranges::any_of(cadences_, [&](const auto& cadence) { return cadence.has(frame); }))
            return true;
    return false;
}

void DecodedPictures::take(av::Frame frame) {
    if (frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0)
        before_ = TimedPicture::Before::damaged;
    const auto instant = packets_.instant(frame->best_effort_timestamp);
    const auto lasts = av::to_microseconds(frame->pkt_duration, packets_.stream().time_base)
                           .value_or(microseconds{0});
    const auto usual = plan_.grid.at(1);
    // A decoder gives pictures in the order they are shown, whatever damaged time stamps say.
    const auto placed = sequence_.place(instant, lasts > microseconds{0} ? lasts : usual);
    latest_ = std::max(latest_.value_or(placed), placed);
    frame->pts = latest_->count();
    frame->pkt_duration = lasts.count();
    conformer_->push(std::move(frame));
}

} // namespace transcoder::stages
