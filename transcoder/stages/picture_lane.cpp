#include "transcoder/stages/picture_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"

namespace transcoder::stages {

namespace {

/// Enough ticks a second for players, and a whole number a frame at every rung.
int timescale(const plan::Grid& grid) {
    constexpr int least = 12'800;
    const int num = grid.rate().num;
    return num * ((least + num - 1) / num);
}

av::PictureSettings settings(const plan::Plan& plan, const plan::Rung& rung) {
    const auto rate = plan.grid.rate();
    av::PictureSettings settings;
    settings.size = {rung.width, rung.height};
    settings.frame_rate = {rate.num, rate.den * rung.divisor};
    settings.key_interval = plan.grid.gop() / rung.divisor;
    settings.max_rate = rung.max_rate;
    settings.buffer = rung.buffer;
    settings.quality = rung.quality;
    settings.timescale = timescale(plan.grid);
    return settings;
}

} // namespace

PictureLane::PictureLane(const plan::Plan& plan, const plan::Rung& rung, av::Size from,
                         FragmentSink& sink)
    : plan_(plan), rung_(rung), sink_(sink) {
    const av::Size to{rung.width, rung.height};
    if (from != to)
        scaler_.emplace(from, to);
}

void PictureLane::begin(std::int64_t frame) {
    encoder_.emplace(settings(plan_, rung_));
    form_ = encoder_->form();
    scaled_ = nullptr;
    packets_.clear();
    fragment_ = static_cast<int>(frame / plan_.grid.gop());
    first_packet_ = frame / rung_.divisor;
}

const AVFrame& PictureLane::add(const AVFrame& picture, std::int64_t frame,
                                std::int64_t serial) {
    if (!scaler_)
        scaled_ = &picture;
    else if (scaled_ == nullptr || serial != serial_)
        scaled_ = &scaler_->scale(picture);
    serial_ = serial;
    const bool is_key = frame % plan_.grid.gop() == 0;
    encoder_->send(*scaled_, frame / rung_.divisor,
                   is_key ? av::PictureEncoder::Kind::key : av::PictureEncoder::Kind::any);
    take();
    return *scaled_;
}

void PictureLane::finish(std::int64_t end) {
    encoder_->finish();
    take();
    cut(end);
    encoder_.reset();
}

void PictureLane::take() {
    while (auto packet = encoder_->receive()) {
        if ((packet->flags & AV_PKT_FLAG_KEY) != 0) {
            if (packets_.empty())
                sink_.describe(*form_, *packet);
            cut(std::int64_t{fragment_ + 1} * plan_.grid.gop());
        }
        packets_.push_back(std::move(packet));
    }
}

void PictureLane::cut(std::int64_t end) {
    if (packets_.empty())
        return;
    const auto begin = std::int64_t{fragment_} * plan_.grid.gop();
    const auto count = static_cast<std::int64_t>(packets_.size());
    if ((end - begin + rung_.divisor - 1) / rung_.divisor != count)
        throw av::Failure("count the pictures of a fragment", AVERROR_BUG);
    sink_.add({fragment_, end - begin, av::fragment(*form_, fragment_, first_packet_, packets_)});
    ++fragment_;
    first_packet_ += count;
    packets_.clear();
}

} // namespace transcoder::stages
