#include "transcoder/live/publisher_watch.h"

#include <algorithm>

namespace transcoder::live {

void PublisherWatch::picture(Ticks decoded, bool is_key) {
    if (last_ && decoded > *last_) {
        const auto step = decoded - *last_;
        // A step that is longer by half than what is usual leaves a picture out.
        if (usual_ > 0 && 2 * step > 3 * usual_)
            dropped_ += (step + usual_ / 2) / usual_ - 1;
        usual_ = usual_ == 0 ? step : (7 * usual_ + std::min(step, 2 * usual_)) / 8;
        span_ += step;
    }
    ++pictures_;
    last_ = decoded;
    if (!is_key)
        return;
    if (last_key_)
        gap_ = decoded - *last_key_;
    last_key_ = decoded;
}

void PublisherWatch::jump() {
    last_.reset();
    last_key_.reset();
    heard_.reset();
}

bool PublisherWatch::hears_sound() const {
    return heard_ && last_ && *last_ - *heard_ < 2 * second;
}

std::optional<PublisherTold> PublisherWatch::tell(std::chrono::steady_clock::time_point now,
                                                  std::uint64_t bytes) {
    constexpr std::chrono::seconds often{5};
    if (!told_)
        told_ = now;
    if (now - *told_ < often || span_ == 0)
        return std::nullopt;
    told_ = now;
    PublisherTold told;
    told.frame_rate = static_cast<double>(pictures_ * second) / static_cast<double>(span_);
    told.bit_rate = (bytes - bytes_) * 8 * static_cast<std::uint64_t>(second) /
                    static_cast<std::uint64_t>(span_);
    told.key_frame_gap = to_microseconds(gap_);
    told.dropped_frames = dropped_;
    told.sound = hears_sound() ? PublisherTold::Sound::comes : PublisherTold::Sound::is_missing;
    bytes_ = bytes;
    span_ = 0;
    pictures_ = 0;
    return told;
}

} // namespace transcoder::live
