#pragma once

#include "transcoder/av/handles.h"

#include <array>
#include <vector>

namespace transcoder::av {

inline constexpr int sound_rate = 48'000;

/// Stereo samples at 48 kHz, a plane a channel, both of the same length.
struct Samples {
    std::array<std::vector<float>, 2> planes;
    std::size_t size() const { return planes[0].size(); }
};

/// Turns decoded sound of one form into stereo at 48 kHz.
class Resampler {
  public:
    /// `like` is a frame as they will come.
    explicit Resampler(const AVFrame& like);

    /// Whether sound of that form can be: what has more channels, or another rate than any, is damage.
    static bool can_be(const AVFrame& frame);
    bool fits(const AVFrame& frame) const;
    /// What `frame` gives, without what the resampler holds back.
    Samples convert(const AVFrame& frame);
    /// What it held back.
    Samples flush();
    /// Samples held back, at 48 kHz.
    std::int64_t held_back() const;

  private:
    Samples take(const std::uint8_t** planes, int count);

    ResamplerContext context_;
    int rate_;
    int format_;
    int channels_in_;
    int channels_out_;
};

} // namespace transcoder::av
