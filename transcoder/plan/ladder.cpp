#include "transcoder/plan/ladder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace transcoder::plan {

namespace {

constexpr int thin_lines = 360;
constexpr int half_lines = 480;
constexpr int most_lines = 1080;
constexpr int longest_side = 3840;
/// A source with fewer lines than this times a rung's stands in for the rung.
constexpr double distinct = 1.15;

struct RateCap {
    int lines;
    int bits_a_second;
};

/// x264's caps at full frame rate. A run of segments can reach 4/3 of it (buffer of two seconds in a
/// segment of six); with 64 kbit/s of sound that stays under 1200 kbit/s at 720, 3000 at 1080.
constexpr std::array<RateCap, 4> full_rate_caps{
    {{360, 420'000}, {480, 560'000}, {720, 840'000}, {1080, 2'100'000}}};
constexpr int half_rate_cap = 320'000;
constexpr int thin_cap = 100'000;

int cap_at(int lines) {
    const auto& caps = full_rate_caps;
    if (lines <= caps.front().lines) {
        const double share = static_cast<double>(lines) / caps.front().lines;
        return std::max(60'000, static_cast<int>(caps.front().bits_a_second * share * share));
    }
    for (std::size_t i = 1; i < caps.size(); ++i) {
        if (lines > caps[i].lines)
            continue;
        const double share = static_cast<double>(lines - caps[i - 1].lines) /
                             (caps[i].lines - caps[i - 1].lines);
        const int more = caps[i].bits_a_second - caps[i - 1].bits_a_second;
        return caps[i - 1].bits_a_second + static_cast<int>(share * more);
    }
    return caps.back().bits_a_second;
}

int even(double length) { return std::max(16, static_cast<int>(std::lround(length / 2)) * 2); }

/// The largest divisor that leaves at least `least` frames a second.
int divisor_for(FrameRate rate, double least) {
    return std::max(1, static_cast<int>(std::floor(rate.value() / least)));
}

Rung make_rung(ShownSize size, int lines, std::string name) {
    const double scale = static_cast<double>(lines) / std::min(size.width, size.height);
    Rung rung;
    rung.name = std::move(name);
    rung.width = even(size.width * scale);
    rung.height = even(size.height * scale);
    return rung;
}

Rung capped(Rung rung, int divisor, int max_rate) {
    rung.divisor = divisor;
    rung.max_rate = max_rate;
    rung.buffer = 2 * max_rate;
    return rung;
}

int lines_of_top(ShownSize size) {
    const double lines = std::min(size.width, size.height);
    const double fits = lines * longest_side / std::max(size.width, size.height);
    return std::max(2, static_cast<int>(std::min({lines, fits, double{most_lines}})));
}

std::string name_of(int lines) { return "v" + std::to_string(lines); }

} // namespace

std::vector<Rung> ladder(ShownSize size, FrameRate rate) {
    const int top = lines_of_top(size);
    const int thin_divisor = divisor_for(rate, 9.9);
    const int half_divisor = rate.value() / 2 > 11.9 ? 2 : 1;
    const auto below_top = [top](int lines) { return lines * distinct <= top; };

    std::vector<Rung> rungs;
    if (top > thin_lines) {
        rungs.push_back(
            capped(make_rung(size, thin_lines, name_of(thin_lines)), thin_divisor, thin_cap));
    } else {
        // As large as the source; "s" for slow, as it has fewer frames.
        const int cap = std::max(40'000, thin_cap * top / thin_lines * top / thin_lines);
        auto rung = capped(make_rung(size, top, name_of(top) + "s"), thin_divisor, cap);
        rung.quality = 26;
        rungs.push_back(std::move(rung));
    }
    if (below_top(half_lines))
        rungs.push_back(
            capped(make_rung(size, half_lines, name_of(half_lines)), half_divisor, half_rate_cap));
    if (below_top(720))
        rungs.push_back(capped(make_rung(size, 720, name_of(720)), 1, cap_at(720)));
    rungs.push_back(capped(make_rung(size, top, name_of(top)), 1, cap_at(top)));
    return rungs;
}

namespace {

/// The divisor whose rate comes nearest to `frames`. Few are taken, so that all rungs of any ladder share
/// frames often enough to be cut together.
int nearest_divisor(FrameRate rate, int frames) {
    constexpr std::array divisors{1, 2, 3, 4, 6};
    if (frames == 0)
        return 1;
    const auto apart = [&](int divisor) {
        return std::abs(std::log(rate.value() / divisor / frames));
    };
    return *std::ranges::min_element(divisors, {}, apart);
}

/// Half the frames take more than half the bits: the usual ladder's own relation.
int cap_at(int lines, FrameRate rate, int divisor) {
    constexpr double slow = 12.6;
    if (divisor > 1 && rate.value() / divisor <= slow) {
        const double share = static_cast<double>(lines) / thin_lines;
        return std::max(40'000, static_cast<int>(thin_cap * share * share));
    }
    return static_cast<int>(cap_at(lines) * std::pow(divisor, -0.8));
}

} // namespace

std::vector<Rung> wanted_ladder(ShownSize size, FrameRate rate,
                                const std::vector<WantedRung>& wanted) {
    const int top = lines_of_top(size);
    std::vector<Rung> rungs;
    for (const auto& [wanted_lines, frames] : wanted) {
        const int lines = std::min(wanted_lines, top);
        const int divisor = nearest_divisor(rate, frames);
        rungs.push_back(capped(make_rung(size, lines, name_of(lines)), divisor,
                               cap_at(lines, rate, divisor)));
        if (wanted_lines >= top)
            break;
    }
    return rungs.size() < 2 ? ladder(size, rate) : rungs;
}

int common_step(const std::vector<Rung>& rungs) {
    return std::accumulate(rungs.begin(), rungs.end(), 1, [](int step, const Rung& rung) {
        return std::lcm(step, rung.divisor);
    });
}

std::size_t scaled_from(const std::vector<Rung>& rungs, std::size_t rung) {
    for (auto larger = rung + 1; larger < rungs.size(); ++larger)
        if (rungs[rung].divisor % rungs[larger].divisor == 0)
            return larger;
    return rung;
}

FrameRate conformed_rate(FrameRate source) {
    constexpr std::array<FrameRate, 12> usual{{{24000, 1001},
                                               {24, 1},
                                               {25, 1},
                                               {30000, 1001},
                                               {30, 1},
                                               {50, 1},
                                               {60000, 1001},
                                               {60, 1},
                                               {25, 2},
                                               {15, 1},
                                               {120, 1},
                                               {100, 1}}};
    FrameRate rate = source;
    // Measured averages lie a little beside what the camera meant; 24000/1001 and 24 lie 1/1000
    // apart.
    for (const auto& candidate : usual)
        if (std::abs(source.value() / candidate.value() - 1) < 0.0004)
            rate = candidate;
    if (rate.value() < 10) {
        const int whole = std::max(1, static_cast<int>(std::ceil(rate.value() - 0.1)));
        return {whole, 1};
    }
    constexpr double most = 30.5;
    return rate.value() > most
               ? rate.divided_by(static_cast<int>(std::ceil(rate.value() / most)))
               : rate;
}

} // namespace transcoder::plan
