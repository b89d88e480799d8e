#include "transcoder/stages/picture_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"

#include <algorithm>
#include <utility>

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
    due_ = frame / rung_.divisor;
    sent_.clear();
}

const AVFrame& PictureLane::add(const AVFrame& picture, const Showing& when) {
    if (!scaler_)
        scaled_ = &picture;
    else if (scaled_ == nullptr || when.serial != serial_)
        scaled_ = &scaler_->scale(picture);
    serial_ = when.serial;
    if (when.frame / rung_.divisor == due_) {
        send(when);
        take();
    }
    return *scaled_;
}

void PictureLane::send(const Showing& when) {
    const auto number = std::exchange(due_, next_sent(when));
    const bool is_key = when.frame % plan_.grid.gop() == 0;
    if (is_key)
        sent_.push_back(0);
    ++sent_.back();
    encoder_->send(*scaled_, {number, due_ - number},
                   is_key ? av::PictureEncoder::Kind::key : av::PictureEncoder::Kind::any);
}

/// The frame at which another picture is shown, but at most half a second on: players want to have
/// something to show soon after a seek.
std::int64_t PictureLane::next_sent(const Showing& when) const {
    const auto number = when.frame / rung_.divisor;
    // FRAME-RATE tells of the shortest frame: one there is even where nothing moves.
    if (number == 0)
        return 1;
    const auto rate = plan_.grid.rate();
    const auto half_second = std::max(1, rate.num / (2 * rate.den * rung_.divisor));
    const auto change = (when.until + rung_.divisor - 1) / rung_.divisor;
    return std::min(change, number + half_second);
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
    if (packets_.size() != sent_.front())
        throw av::Failure("count the pictures of a fragment", AVERROR_BUG);
    sent_.pop_front();
    const auto frames_end = (end + rung_.divisor - 1) / rung_.divisor;
    sink_.add({fragment_, end - begin, av::fragment(*form_, fragment_, frames_end, packets_)});
    ++fragment_;
    packets_.clear();
}

} // namespace transcoder::stages
