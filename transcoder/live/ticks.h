#pragma once

#include "transcoder/av/resampler.h"
#include "transcoder/av/sound_encoder.h"

#include <chrono>
#include <cstdint>

namespace transcoder::live {

/// A live recording's time, counted from its beginning. What the publisher was not there for is no
/// part of it.
using Ticks = std::int64_t;
inline constexpr Ticks second = 90'000;

inline Ticks to_ticks(std::chrono::microseconds time) {
    return av_rescale(time.count(), second, 1'000'000);
}
inline std::chrono::microseconds to_microseconds(Ticks ticks) {
    return std::chrono::microseconds(av_rescale(ticks, 1'000'000, second));
}
inline std::int64_t to_samples(Ticks ticks) { return av_rescale(ticks, av::sound_rate, second); }

/// The packet of sound that begins nearest to an instant.
inline std::int64_t sound_packet(Ticks ticks) {
    return av_rescale(ticks, av::sound_rate, second * av::sound_packet_samples);
}

} // namespace transcoder::live
