#include "transcoder/av/scaler.h"

#include "transcoder/av/failure.h"

#include <new>

namespace transcoder::av {

Scaler::Scaler(Size from, Size to)
    : context_(sws_getContext(from.width, from.height, AV_PIX_FMT_YUV420P, to.width, to.height,
                              AV_PIX_FMT_YUV420P, SWS_BICUBIC, nullptr, nullptr, nullptr)),
      to_(to), scaled_(make_frame()) {
    if (!context_)
        throw Failure("set up scaling", AVERROR(EINVAL));
}

const AVFrame& Scaler::scale(const AVFrame& picture) {
    // Somebody may still read what was given last: then it stays theirs.
    if (scaled_->buf[0] == nullptr || av_frame_is_writable(scaled_.get()) == 0) {
        av_frame_unref(scaled_.get());
        scaled_->format = AV_PIX_FMT_YUV420P;
        scaled_->width = to_.width;
        scaled_->height = to_.height;
        check(av_frame_get_buffer(scaled_.get(), 0), "make room for a picture");
    }
    check(sws_scale(context_.get(), picture.data, picture.linesize, 0, picture.height,
                    scaled_->data, scaled_->linesize),
          "scale a picture");
    return *scaled_;
}

} // namespace transcoder::av
