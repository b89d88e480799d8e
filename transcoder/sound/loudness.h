#pragma once

#include "transcoder/av/resampler.h"

#include <array>
#include <optional>
#include <span>

namespace transcoder::sound {

// EBU R128: how loud people find sound, by ITU-R BS.1770. Sound at 48 kHz, counted in tenths of a second,
// which is the step of its windows.

/// Weights sound as the ear does. Both sides at once, sample after sample.
class Weighting {
  public:
    /// The sum of squares of both sides, weighted.
    double squares(const av::Samples& samples);

  private:
    using Sides [[gnu::vector_size(16)]] = double;
    /// What a filter of second order remembers.
    struct Memory {
        Sides first{};
        Sides second{};
    };
    /// The ear's own shape, then what it does not hear below.
    std::array<Memory, 2> memories_;
};

/// The mean square of a tenth of a second, weighted and added over both sides.
using Powers = std::span<const double>;

/// Integrated loudness in LUFS; none where nothing is louder than -70 LUFS, or all is shorter than a
/// window.
std::optional<double> integrated_lufs(Powers tenths);

/// Loudness range in LU, by EBU Tech 3342.
double range_lu(Powers tenths);

} // namespace transcoder::sound
