#include "transcoder/av/decoder.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/input.h"

#include <new>

namespace transcoder::av {

Decoder::Decoder(const AVCodecParameters& parameters, AVRational time_base) {
    const auto* codec = accepted_decoder(parameters.codec_id);
    if (codec == nullptr)
        throw Failure("choose a decoder", AVERROR_DECODER_NOT_FOUND);
    context_.reset(avcodec_alloc_context3(codec));
    if (!context_)
        throw std::bad_alloc();
    check(avcodec_parameters_to_context(context_.get(), &parameters), "set up the decoder");
    context_->pkt_timebase = time_base;
    context_->thread_count = 1;
    context_->max_pixels = max_pixels;
    check(avcodec_open2(context_.get(), codec, nullptr), "open the decoder");
}

Decoder::Taken Decoder::send(const AVPacket* packet) {
    const int result = avcodec_send_packet(context_.get(), packet);
    if (result == AVERROR(ENOMEM))
        throw std::bad_alloc();
    if (result >= 0 || result == AVERROR_EOF)
        return Taken::yes;
    met_damage_ = true;
    return Taken::damaged;
}

void Decoder::want(Wanted wanted) {
    context_->skip_frame =
        wanted == Wanted::needed_by_others ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    context_->skip_loop_filter = wanted == Wanted::all ? AVDISCARD_DEFAULT : AVDISCARD_NONREF;
}

Frame Decoder::receive() {
    auto frame = make_frame();
    const int result = avcodec_receive_frame(context_.get(), frame.get());
    if (result == AVERROR(ENOMEM))
        throw std::bad_alloc();
    if (result >= 0) {
        met_damage_ |= frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
        return frame;
    }
    // What a decoder cannot make sense of costs its frame and no more.
    met_damage_ |= result != AVERROR(EAGAIN) && result != AVERROR_EOF;
    return nullptr;
}

} // namespace transcoder::av
