#include "transcoder/sound/loudness.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace transcoder::sound {

namespace {

/// A filter of second order, its first feedback weight taken as 1.
struct Filter {
    std::array<double, 3> forward;
    std::array<double, 2> back;
};

// ITU-R BS.1770-4, annex 1, tables 1 and 2: for 48 kHz.
constexpr Filter head{{1.53512485958697, -2.69169618940638, 1.19839281085285},
                      {-1.69065929318241, 0.73248077421585}};
constexpr Filter high_pass{{1.0, -2.0, 1.0}, {-1.99004745483398, 0.99007225036621}};

constexpr double silence_lufs = -70;

double loudness(double power) { return -0.691 + 10 * std::log10(power); }

double power_of(double lufs) { return std::pow(10, (lufs + 0.691) / 10); }

/// The mean power of each window of so many tenths, one for each place it fits.
std::vector<double> windows(Powers tenths, std::size_t length) {
    std::vector<double> means;
    for (std::size_t begin = 0; begin + length <= tenths.size(); ++begin) {
        double sum = 0;
        for (const double power : tenths.subspan(begin, length))
            sum += power;
        means.push_back(sum / static_cast<double>(length));
    }
    return means;
}

/// Keeps what is louder than silence and, of that, what is at most `below_lu` under its mean.
std::vector<double> gated(std::vector<double> powers, double below_lu) {
    std::erase_if(powers, [least = power_of(silence_lufs)](double power) { return power <= least; });
    double sum = 0;
    for (const double power : powers)
        sum += power;
    const double mean = powers.empty() ? 0 : sum / static_cast<double>(powers.size());
    std::erase_if(powers, [least = mean * std::pow(10, -below_lu / 10)](double power) {
        return power < least;
    });
    return powers;
}

} // namespace

double Weighting::squares(const av::Samples& samples) {
    const auto step = [](const Filter& filter, Memory& memory, Sides in) {
        const Sides out = filter.forward[0] * in + memory.first;
        memory.first = filter.forward[1] * in - filter.back[0] * out + memory.second;
        memory.second = filter.forward[2] * in - filter.back[1] * out;
        return out;
    };
    auto memories = memories_;
    Sides sum{};
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const Sides in{static_cast<double>(samples.planes[0][i]),
                       static_cast<double>(samples.planes[1][i])};
        const Sides out = step(high_pass, memories[1], step(head, memories[0], in));
        sum += out * out;
    }
    // What fades for ever would come to numbers that processors are slow with.
    constexpr double forgotten = 1e-20;
    for (auto& memory : memories)
        for (auto* part : {&memory.first, &memory.second})
            for (int side = 0; side < 2; ++side)
                if (std::abs((*part)[side]) < forgotten)
                    (*part)[side] = 0;
    memories_ = memories;
    return sum[0] + sum[1];
}

std::optional<double> integrated_lufs(Powers tenths) {
    constexpr std::size_t window = 4;
    const auto heard = gated(windows(tenths, window), 10);
    if (heard.empty())
        return std::nullopt;
    double sum = 0;
    for (const double power : heard)
        sum += power;
    return loudness(sum / static_cast<double>(heard.size()));
}

double range_lu(Powers tenths) {
    constexpr std::size_t window = 30;
    auto heard = gated(windows(tenths, window), 20);
    if (heard.empty())
        return 0;
    std::ranges::sort(heard);
    const auto share = [&heard](double part) {
        const auto last = static_cast<double>(heard.size() - 1);
        return heard[static_cast<std::size_t>(std::lround(part * last))];
    };
    return loudness(share(0.95)) - loudness(share(0.10));
}

} // namespace transcoder::sound
