#pragma once

extern "C" {
#include <libavutil/avutil.h>
#include <libavutil/mathematics.h>
}

#include <chrono>
#include <optional>

namespace transcoder::av {

/// Ticks of a time base as an instant, to the nearest microsecond; none for AV_NOPTS_VALUE.
inline std::optional<std::chrono::microseconds> to_microseconds(std::int64_t ticks,
                                                                AVRational time_base) {
    if (ticks == AV_NOPTS_VALUE)
        return std::nullopt;
    return std::chrono::microseconds(
        av_rescale_q_rnd(ticks, time_base, AVRational{1, 1'000'000}, AV_ROUND_NEAR_INF));
}

inline std::int64_t to_ticks(std::chrono::microseconds instant, AVRational time_base) {
    return av_rescale_q_rnd(instant.count(), AVRational{1, 1'000'000}, time_base,
                            AV_ROUND_NEAR_INF);
}

} // namespace transcoder::av
