#include "transcoder/sound/true_peak.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

namespace transcoder::sound {

namespace {

constexpr std::size_t taps = before_peak + 1 + after_peak;
constexpr std::size_t places = 3;  ///< between two samples

using Kernel = std::array<float, taps>;

/// A sinc under a Hann window, for the value `ahead` of a sample's way to the next.
Kernel kernel_at(double ahead) {
    std::array<double, taps> weights{};
    double sum = 0;
    for (std::size_t tap = 0; tap < taps; ++tap) {
        const double distance = static_cast<double>(tap) - before_peak - ahead;
        const double angle = std::numbers::pi * distance;
        const double window = std::pow(std::cos(angle / (2 * after_peak)), 2);
        weights[tap] = std::sin(angle) / angle * window;
        sum += weights[tap];
    }
    Kernel kernel{};
    for (std::size_t tap = 0; tap < taps; ++tap)
        kernel[tap] = static_cast<float>(weights[tap] / sum);
    return kernel;
}

const std::array<Kernel, places>& kernels() {
    static const std::array<Kernel, places> all{kernel_at(0.25), kernel_at(0.5), kernel_at(0.75)};
    return all;
}

/// As many as the loops below keep in registers.
constexpr std::size_t block = 32;

/// Raises `magnitudes` to what lies between the samples. Whole blocks are of a length that the compiler
/// knows, which is what makes it quick.
template <std::size_t Count>
void raise(const float* samples, const Kernel& kernel, float* magnitudes) {
    std::array<float, Count> values{};
    for (std::size_t tap = 0; tap < taps; ++tap)
        for (std::size_t i = 0; i < Count; ++i)
            values[i] += kernel[tap] * samples[i + tap];
    for (std::size_t i = 0; i < Count; ++i)
        magnitudes[i] = std::max(magnitudes[i], std::abs(values[i]));
}

} // namespace

void true_peaks(std::span<const float> samples, std::span<float> magnitudes) {
    assert(samples.size() == magnitudes.size() + taps - 1);
    std::transform(samples.begin() + before_peak, samples.end() - after_peak, magnitudes.begin(),
                   [](float sample) { return std::abs(sample); });
    for (const auto& kernel : kernels()) {
        std::size_t i = 0;
        for (; i + block <= magnitudes.size(); i += block)
            raise<block>(&samples[i], kernel, &magnitudes[i]);
        for (; i < magnitudes.size(); ++i)
            raise<1>(&samples[i], kernel, &magnitudes[i]);
    }
}

float most_overshoot() {
    static const float most = [] {
        float highest = 1;
        for (const auto& kernel : kernels()) {
            float sum = 0;
            for (const float weight : kernel)
                sum += std::abs(weight);
            highest = std::max(highest, sum);
        }
        // What rounding may add.
        return highest * 1.0001F;
    }();
    return most;
}

float sample_peak(std::span<const float> samples) {
    constexpr std::size_t lanes = 16;
    std::array<float, lanes> highest{};
    std::size_t i = 0;
    for (; i + lanes <= samples.size(); i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            highest[lane] = std::max(highest[lane], std::abs(samples[i + lane]));
    for (; i < samples.size(); ++i)
        highest[0] = std::max(highest[0], std::abs(samples[i]));
    return *std::ranges::max_element(highest);
}

} // namespace transcoder::sound
