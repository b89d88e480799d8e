#include "transcoder/stages/decoded_pictures.h"

#include "transcoder/av/time.h"
#include "transcoder/stages/cannot_pass.h"

#include <algorithm>

namespace transcoder::stages {

using std::chrono::microseconds;

DecodedPictures::DecodedPictures(const av::SourceFile& file, const plan::Plan& plan)
    : plan_(plan), packets_(file, plan, StraightPackets::Of::picture) {
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
    if (packet) {
        // What has no time may be wanted.
        const auto instant = packets_.instant(packet->pts);
        decoder_->want(instant && *instant < all_from_ ? av::Decoder::Wanted::needed_by_others
                                                       : av::Decoder::Wanted::all);
    }
    if (!packet)
        state_ = State::draining;
    else if ((packet->flags & AV_PKT_FLAG_CORRUPT) != 0)
        before_ = TimedPicture::Before::damaged;
    if (decoder_->send(packet.get()) == av::Decoder::Taken::damaged)
        before_ = TimedPicture::Before::damaged;
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
