#include "transcoder/stages/treated_sound.h"

#include <algorithm>
#include <cmath>

namespace transcoder::stages {

namespace {

using sound::Limiter;
using sound::Treatment;

float amplitude(double decibels) { return static_cast<float>(std::pow(10, decibels / 20)); }

void mend(av::Samples& samples, Treatment::Mending mending) {
    auto& [left, right] = samples.planes;
    switch (mending) {
    case Treatment::Mending::none:
        return;
    case Treatment::Mending::left_on_both:
        right = left;
        return;
    case Treatment::Mending::right_on_both:
        left = right;
        return;
    case Treatment::Mending::right_inverted:
        std::ranges::transform(right, right.begin(), std::negate<float>());
        return;
    }
}

} // namespace

TreatedSound::TreatedSound(SoundReader& reader, const Treatment& treatment)
    : reader_(reader), treatment_(treatment), factor_(amplitude(treatment.gain_db())),
      limiter_(amplitude(sound::held_peak_dbtp)) {}

void TreatedSound::start_at(std::int64_t sample) {
    const bool looks_back = treatment_.peaks == Treatment::Peaks::held;
    reader_.start_at(looks_back ? std::max(std::int64_t{0}, sample - Limiter::before) : sample);
}

av::Samples TreatedSound::read(std::int64_t begin, std::int64_t count) {
    if (treatment_.changes_nothing())
        return reader_.read(begin, count);
    const bool looks_around = treatment_.peaks == Treatment::Peaks::held;
    auto samples = looks_around ? reader_.read(begin - Limiter::before,
                                               Limiter::before + count + Limiter::after)
                                : reader_.read(begin, count);
    mend(samples, treatment_.mending);
    for (auto& plane : samples.planes)
        for (auto& sample : plane)
            sample *= factor_;
    return looks_around ? limiter_.limited(samples) : samples;
}

} // namespace transcoder::stages
