#include "transcoder/sound/meter.h"

#include "transcoder/sound/silences.h"
#include "transcoder/sound/true_peak.h"

#include <algorithm>
#include <cmath>

namespace transcoder::sound {

namespace {

constexpr std::size_t peak_context = before_peak + after_peak;

/// Two decimals are more than anybody hears, and read again as they were written.
double rounded(double value) { return std::round(value * 100) / 100; }

double decibels(double amplitude) {
    return amplitude > 0 ? std::max(nothing_dbfs, rounded(20 * std::log10(amplitude)))
                         : nothing_dbfs;
}

/// The sum of products, in lanes: one sum alone would wait for itself.
double sum_of_products(const std::vector<float>& a, const std::vector<float>& b) {
    constexpr std::size_t lanes = 8;
    std::array<double, lanes> sums{};
    std::size_t i = 0;
    for (; i + lanes <= a.size(); i += lanes)
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
    for (; i < a.size(); ++i)
        sums[0] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    double sum = 0;
    for (const double lane : sums)
        sum += lane;
    return sum;
}

/// The mean amplitude, by its squares.
double level(double squares, std::int64_t samples) {
    return samples > 0 ? std::sqrt(squares / static_cast<double>(samples)) : 0;
}

/// Below this amplitude is silence: well below the speaker, and below any room at the latest.
double silence_below(std::optional<double> integrated_lufs) {
    constexpr double below_speech_db = 25;
    constexpr double quiet_room_dbfs = -60;
    const double threshold =
        std::max(quiet_room_dbfs, integrated_lufs.value_or(quiet_room_dbfs) - below_speech_db);
    return std::pow(10, threshold / 20);
}

} // namespace

Meter::Meter() {
    for (auto& side : around_)
        side.assign(peak_context, 0.0F);
}

void Meter::lead(const av::Samples& samples) {
    weighting_.squares(samples);
    measure_peaks(samples);
}

void Meter::add(const av::Samples& samples) {
    const auto& [left, right] = samples.planes;
    tenths_.push_back({sum_of_products(left, left), sum_of_products(right, right),
                       sum_of_products(left, right), weighting_.squares(samples),
                       static_cast<std::int64_t>(samples.size())});
    measure_peaks(samples);
}

void Meter::measure_peaks(const av::Samples& samples) {
    constexpr std::size_t at_once = 480;
    for (std::size_t side = 0; side < around_.size(); ++side) {
        auto& around = around_[side];
        around.insert(around.end(), samples.planes[side].begin(), samples.planes[side].end());
        const std::span<const float> all = around;
        for (std::size_t at = 0; at + peak_context < all.size(); at += at_once)
            measure_peaks(all.subspan(at, std::min(at_once + peak_context, all.size() - at)));
        around.erase(around.begin(), around.end() - peak_context);
    }
}

void Meter::measure_peaks(std::span<const float> around) {
    // Looking closely is dear, and what cannot reach the highest so far need not be looked at.
    const float peak = sample_peak(around);
    if (peak * most_overshoot() <= true_peak_)
        return;
    magnitudes_.resize(around.size() - peak_context);
    true_peaks(around, magnitudes_);
    true_peak_ = std::max({true_peak_, peak, sample_peak(magnitudes_)});
}

Meter::Tenth Meter::sum(const std::vector<Tenth>& tenths) {
    Tenth all;
    for (const auto& tenth : tenths) {
        all.left += tenth.left;
        all.right += tenth.right;
        all.product += tenth.product;
        all.samples += tenth.samples;
    }
    return all;
}

void Meter::look_for_loudness(const std::vector<Tenth>& tenths, Heard& heard) {
    std::vector<double> powers;
    for (const auto& one : tenths)
        if (one.samples == tenth)
            powers.push_back(one.weighted / tenth);
    if (const auto loudness = integrated_lufs(powers))
        heard.integrated_lufs = rounded(*loudness);
    heard.range_lu = rounded(range_lu(powers));
}

void Meter::look_for_activity(const std::vector<Tenth>& tenths, Heard& heard) {
    const double threshold = silence_below(heard.integrated_lufs);
    Silences silences;
    double left = 0;
    double right = 0;
    for (const auto& one : tenths) {
        const bool on_left = level(one.left, one.samples) >= threshold;
        const bool on_right = level(one.right, one.samples) >= threshold;
        left += on_left ? 1 : 0;
        right += on_right ? 1 : 0;
        silences.add(on_left || on_right ? Silences::Is::sound : Silences::Is::silent);
    }
    const auto count = static_cast<double>(std::max<std::size_t>(tenths.size(), 1));
    heard.left.active_share = rounded(left / count);
    heard.right.active_share = rounded(right / count);
    heard.silences = silences.found();
}

Heard heard_of(const std::vector<Meter>& parts) {
    std::vector<Meter::Tenth> tenths;
    float peak = 0;
    for (const auto& part : parts) {
        tenths.insert(tenths.end(), part.tenths_.begin(), part.tenths_.end());
        peak = std::max(peak, part.true_peak_);
    }
    const auto all = Meter::sum(tenths);
    Heard heard;
    heard.duration = std::chrono::microseconds(
        std::llround(static_cast<double>(all.samples) * 1e6 / av::sound_rate));
    heard.true_peak_dbtp = decibels(static_cast<double>(peak));
    heard.left.level_dbfs = decibels(level(all.left, all.samples));
    heard.right.level_dbfs = decibels(level(all.right, all.samples));
    if (const double both = std::sqrt(all.left * all.right); both > 0)
        heard.correlation = std::clamp(rounded(all.product / both), -1.0, 1.0);
    Meter::look_for_loudness(tenths, heard);
    Meter::look_for_activity(tenths, heard);
    return heard;
}

} // namespace transcoder::sound
