#include "transcoder/stages/decoded_pictures.h"

#include "transcoder/av/time.h"

namespace transcoder::stages {

using std::chrono::microseconds;

DecodedPictures::DecodedPictures(const av::SourceFile& file, const plan::Plan& plan)
    : file_(file), plan_(plan) {
    restart();
}

void DecodedPictures::open() {
    const int stream = plan_.source.picture->stream;
    decoder_.emplace(input_->stream(stream));
    const auto& top = plan_.rungs.back();
    conformer_.emplace(*plan_.source.picture, av::Size{top.width, top.height});
    straight_ = Straightened(plan_.source.access);
    before_ = TimedPicture::Before::whole;
    state_ = State::reading;
}

void DecodedPictures::restart() {
    input_.reset();
    input_.emplace(file_);
    input_->only(plan_.source.picture->stream);
    open();
}

bool DecodedPictures::seek(microseconds instant) {
    const int stream = plan_.source.picture->stream;
    const auto time = av::to_ticks(instant + plan_.source.origin, input_->stream(stream).time_base);
    if (!input_->seek(stream, time))
        return false;
    open();
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
    const auto packet = input_->read();
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
    const auto time_base = input_->stream(plan_.source.picture->stream).time_base;
    auto instant = av::to_microseconds(frame->best_effort_timestamp, time_base);
    if (instant)
        *instant -= plan_.source.origin;
    const auto lasts =
        av::to_microseconds(frame->pkt_duration, time_base).value_or(microseconds{0});
    const auto usual = plan_.grid.at(1);
    frame->pts = straight_.place(instant, lasts > microseconds{0} ? lasts : usual).count();
    frame->pkt_duration = lasts.count();
    conformer_->push(std::move(frame));
}

} // namespace transcoder::stages
