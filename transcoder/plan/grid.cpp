#include "transcoder/plan/grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace transcoder::plan {

namespace {

constexpr std::int64_t sound_rate = 48'000;
constexpr std::int64_t packet_samples = 1024;

/// a·b/c to the nearest; all are small enough for 128 bits, the result for 64.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
    __extension__ typedef __int128 Wide;
    const Wide product = Wide{a} * b * 2 + c;
    const Wide divisor = Wide{c} * 2;
    const Wide quotient = product / divisor;
    return static_cast<std::int64_t>(product < 0 && product % divisor != 0 ? quotient - 1
                                                                          : quotient);
}

} // namespace

FrameRate FrameRate::divided_by(int divisor) const {
    const int common = std::gcd(num, den * divisor);
    return {num / common, den * divisor / common};
}

std::string FrameRate::text() const {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.3f", value());
    return digits.data();
}

Grid::Grid(FrameRate rate, int step)
    : rate_(rate), step_(step),
      gop_(std::max(1, static_cast<int>(std::lround(2 * rate.value() / step))) * step) {}

Grid Grid::of_sound() { return {FrameRate{375, 8}, 1}; }

std::chrono::microseconds Grid::at(std::int64_t frame) const {
    return std::chrono::microseconds(scaled(frame, std::int64_t{rate_.den} * 1'000'000, rate_.num));
}

std::int64_t Grid::nearest(std::chrono::microseconds instant) const {
    return scaled(instant.count(), rate_.num, std::int64_t{rate_.den} * 1'000'000);
}

std::int64_t Grid::sound_packet(std::int64_t frame) const {
    return scaled(frame, rate_.den * sound_rate, rate_.num * packet_samples);
}

bool Grid::is_sliver(std::int64_t frames) const {
    constexpr std::chrono::milliseconds short_tail{400};
    // Rounded, the joined segment must still be the target duration.
    constexpr std::chrono::milliseconds longest{target_duration * 1000 + 490};
    return frames > 0 && at(frames) < short_tail && at(segment() + frames) < longest;
}

std::chrono::microseconds sound_instant(std::int64_t packet) {
    return std::chrono::microseconds(scaled(packet, packet_samples * 1'000'000, sound_rate));
}

} // namespace transcoder::plan
