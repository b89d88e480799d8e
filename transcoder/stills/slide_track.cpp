#include "transcoder/stills/slide_track.h"

#include "transcoder/av/time.h"

namespace transcoder::stills {

namespace {

/// What players take a slide's times from: fine enough for any source's frames.
constexpr int timescale = 90'000;

/// The encoder only counts pictures; it is told a rate at which they would be a common film.
constexpr int nominal_rate = 25;

std::int64_t ticks(std::chrono::microseconds instant) {
    return av::to_ticks(instant, {1, timescale});
}

av::PictureSettings settings(const plan::Plan& plan) {
    const auto& top = plan.rungs.back();
    av::PictureSettings settings;
    settings.size = {top.width, top.height};
    settings.frame_rate = {nominal_rate, 1};
    settings.key_interval = 1;
    settings.quality = 26;
    settings.timescale = timescale;
    settings.frame_ticks = timescale / nominal_rate;
    return settings;
}

} // namespace

SlideTrack::SlideTrack(const folder::FreshFolder& folder, const plan::Plan& plan,
                       const std::vector<std::chrono::microseconds>& cuts)
    : cuts_(cuts), encoder_(settings(plan)), form_(encoder_.form()),
      track_(folder, "v" + std::to_string(plan.rungs.back().height) + "slides", longest_segment) {}

void SlideTrack::add(const AVFrame& picture, std::chrono::microseconds end) {
    for (; sent_ + 1 < cuts_.size() && cuts_[sent_] < end; ++sent_) {
        encoder_.send(picture, {.number = static_cast<std::int64_t>(sent_)},
                      av::PictureEncoder::Kind::key);
        take();
    }
    last_ = av::another(picture);
}

void SlideTrack::take() {
    while (auto packet = encoder_.receive()) {
        const auto begin = cuts_[taken_];
        const auto end = cuts_[++taken_];
        packet->dts = ticks(begin);
        packet->pts = packet->dts + form_.lead;
        packet->duration = ticks(end) - ticks(begin);
        track_.add(form_, std::span(&packet, 1), end - begin);
    }
}

void SlideTrack::finish() {
    if (!last_)
        return;
    const auto last = av::another(*last_);
    add(*last, cuts_.back());
    encoder_.finish();
    take();
    track_.finish();
}

} // namespace transcoder::stills
