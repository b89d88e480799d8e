#pragma once

#include "transcoder/av/resampler.h"

#include <cstdint>

namespace transcoder::sound {

/// Turns peaks down for the moment in which they come, both sides alike. What it does to a sample
/// follows from the samples around it and from nothing else, to the last bit: it holds no state,
/// so that a recording may be cut anywhere.
///
///     peak            |                 ▲
///     turned down     |   ‾‾‾‾‾\________________/‾‾‾‾
///                     |     attack |    hold    | release
class Limiter {
  public:
    /// `ceiling` is a magnitude, 1 for full scale.
    explicit Limiter(float ceiling) : ceiling_(ceiling) {}

    /// Samples before and after those that are given back, which it has to see.
    static const std::int64_t before;
    static const std::int64_t after;

    /// What lies `before` and `after` in is not given back.
    av::Samples limited(const av::Samples& samples) const;

  private:
    float ceiling_;
};

} // namespace transcoder::sound
