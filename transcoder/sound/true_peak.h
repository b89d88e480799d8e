#pragma once

#include <span>

namespace transcoder::sound {

// What a converter makes of samples goes higher between them than at them (ITU-R BS.1770, annex 2):
// looked at four times as closely.

/// Samples that must lie before and after those that are asked for.
inline constexpr int before_peak = 7;
inline constexpr int after_peak = 8;

/// For each sample the largest magnitude from it up to the next one. `samples` holds as many as
/// `magnitudes`, and `before_peak` before and `after_peak` after them.
void true_peaks(std::span<const float> samples, std::span<float> magnitudes);

/// How high it can go between samples that are 1 at most.
float most_overshoot();

/// The largest magnitude at the samples; 0 where there are none.
float sample_peak(std::span<const float> samples);

} // namespace transcoder::sound
