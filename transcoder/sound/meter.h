#pragma once

#include "transcoder/av/resampler.h"
#include "transcoder/sound/heard.h"
#include "transcoder/sound/loudness.h"

#include <cstdint>
#include <vector>

namespace transcoder::sound {

/// Measures one part of a recording's sound. Parts that follow each other without a hole are put
/// together by `heard_of`, as though one meter had heard it all.
class Meter {
  public:
    Meter();

    static constexpr std::int64_t tenth = av::sound_rate / 10;

    /// The tenth of a second before the part, where there is one: what it leaves behind in the
    /// filters is heard in the part.
    void lead(const av::Samples& samples);
    /// The part's samples, a tenth of a second at a time; only its last may be shorter.
    void add(const av::Samples& samples);

    friend Heard heard_of(const std::vector<Meter>& parts);

  private:
    /// Sums of squares over a tenth of a second.
    struct Tenth {
        double left = 0;
        double right = 0;
        double product = 0;   ///< of the sides
        double weighted = 0;  ///< of both
        std::int64_t samples = 0;
    };
    static Tenth sum(const std::vector<Tenth>& tenths);
    static void look_for_loudness(const std::vector<Tenth>& tenths, Heard& heard);
    static void look_for_activity(const std::vector<Tenth>& tenths, Heard& heard);
    void measure_peaks(const av::Samples& samples);
    void measure_peaks(std::span<const float> around);

    Weighting weighting_;
    std::vector<Tenth> tenths_;
    std::array<std::vector<float>, 2> around_;   ///< the end of what was heard, then what is new
    std::vector<float> magnitudes_;
    float true_peak_ = 0;
};

/// What was heard in all parts, in their order. Without any, silence of no length.
Heard heard_of(const std::vector<Meter>& parts);

} // namespace transcoder::sound
