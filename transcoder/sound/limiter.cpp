#include "transcoder/sound/limiter.h"

#include "transcoder/sound/true_peak.h"

#include <algorithm>
#include <deque>
#include <span>

namespace transcoder::sound {

namespace {

using std::int64_t;

constexpr int64_t half_attack = av::sound_rate * 5 / 1000;
constexpr int64_t attack = 2 * half_attack;
/// Longer than a period of the lowest voice: a steady tone is turned down evenly.
constexpr int64_t hold = av::sound_rate * 50 / 1000;

/// Gains are whole numbers of this, for sums of those do not depend on where they began.
constexpr int64_t one = int64_t{1} << 30;

using Gains = std::vector<int64_t>;

/// For each sample what it may be multiplied by at most.
Gains allowed(const av::Samples& samples, float ceiling) {
    const auto count = samples.size() - before_peak - after_peak;
    std::vector<float> highest(count);
    std::vector<float> magnitudes(count);
    for (const auto& plane : samples.planes) {
        true_peaks(plane, magnitudes);
        std::ranges::transform(highest, magnitudes, highest.begin(),
                               [](float a, float b) { return std::max(a, b); });
    }
    Gains gains(count, one);
    for (std::size_t i = 0; i < count; ++i)
        if (highest[i] > ceiling)
            gains[i] = static_cast<int64_t>(static_cast<double>(ceiling) /
                                            static_cast<double>(highest[i]) *
                                            static_cast<double>(one));
    return gains;
}

/// For each window of `length` its least value.
Gains least_in_windows(const Gains& gains, std::size_t length) {
    Gains least;
    least.reserve(gains.size() - length + 1);
    std::deque<std::size_t> rising;   ///< places of values, each less than those after it
    for (std::size_t i = 0; i < gains.size(); ++i) {
        while (!rising.empty() && gains[rising.back()] >= gains[i])
            rising.pop_back();
        rising.push_back(i);
        if (rising.front() + length == i)
            rising.pop_front();
        if (i + 1 >= length)
            least.push_back(gains[rising.front()]);
    }
    return least;
}

/// For each window of `length` its sum.
Gains sums_of_windows(const Gains& gains, std::size_t length) {
    Gains sums;
    sums.reserve(gains.size() - length + 1);
    int64_t sum = 0;
    for (std::size_t i = 0; i < gains.size(); ++i) {
        sum += gains[i];
        if (i >= length)
            sum -= gains[i - length];
        if (i + 1 >= length)
            sums.push_back(sum);
    }
    return sums;
}

av::Samples middle_of(const av::Samples& samples, std::size_t begin, std::size_t count) {
    av::Samples middle;
    for (std::size_t side = 0; side < samples.planes.size(); ++side) {
        const auto from = samples.planes[side].begin() + static_cast<std::ptrdiff_t>(begin);
        middle.planes[side].assign(from, from + static_cast<std::ptrdiff_t>(count));
    }
    return middle;
}

} // namespace

// A gain is the mean, twice over half an attack, of the least that is allowed around each sample: from `hold`
// before it to `attack` after it. So no sample gets more than it is allowed.
const std::int64_t Limiter::before = attack + hold + before_peak;
const std::int64_t Limiter::after = attack + after_peak;

av::Samples Limiter::limited(const av::Samples& samples) const {
    const auto count = samples.size() - static_cast<std::size_t>(before + after);
    auto given = middle_of(samples, static_cast<std::size_t>(before), count);
    const auto peak =
        std::max(sample_peak(samples.planes[0]), sample_peak(samples.planes[1]));
    if (peak * most_overshoot() <= ceiling_)
        return given;
    constexpr auto window = static_cast<std::size_t>(half_attack + 1);
    const auto least = least_in_windows(allowed(samples, ceiling_), hold + attack + 1);
    const auto sums = sums_of_windows(sums_of_windows(least, window), window);
    constexpr double whole = static_cast<double>(one) * window * window;
    for (auto& plane : given.planes)
        for (std::size_t i = 0; i < count; ++i)
            plane[i] *= static_cast<float>(static_cast<double>(sums[i]) / whole);
    return given;
}

} // namespace transcoder::sound
