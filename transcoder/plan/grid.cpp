#include "transcoder/plan/grid.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace transcoder::plan {

namespace {

constexpr std::int64_t sound_rate = 48'000;
constexpr std::int64_t packet_samples = 1024;

/// Enough ticks a second for players, and a whole number a frame at every rung.
int even_timescale(FrameRate rate) {
    constexpr int least = 12'800;
    return rate.num * ((least + rate.num - 1) / rate.num);
}

/// How many parts of about `part` a whole has, at least one.
int parts(std::chrono::seconds whole, std::int64_t part) {
    return std::max(1, static_cast<int>((whole.count() + part / 2) / part));
}

/// The multiple of `step` frames that comes nearest to `seconds`, at least one step.
int nearest_multiple(FrameRate rate, int step, double seconds) {
    return std::max(1, static_cast<int>(std::lround(seconds * rate.value() / step))) * step;
}

} // namespace

std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c) {
    __extension__ typedef __int128 Wide;
    const Wide product = Wide{a} * b * 2 + c;
    const Wide divisor = Wide{c} * 2;
    const Wide quotient = product / divisor;
    return static_cast<std::int64_t>(product < 0 && product % divisor != 0 ? quotient - 1
                                                                          : quotient);
}

FrameRate FrameRate::divided_by(int divisor) const {
    const int common = std::gcd(num, den * divisor);
    return {num / common, den * divisor / common};
}

std::string FrameRate::text() const {
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%.3f", value());
    return digits.data();
}

Grid::Grid(FrameRate rate, int step, std::chrono::seconds segment)
    : rate_(rate), step_(step), wanted_segment_(segment), gops_a_segment_(parts(segment, 2)),
      segments_a_chunk_(parts(std::chrono::seconds(18), segment.count())),
      gop_(nearest_multiple(rate, step,
                            static_cast<double>(segment.count()) / gops_a_segment_)),
      timescale_(even_timescale(rate)),
      frame_ticks_(static_cast<int>(std::int64_t{timescale_} * rate.den / rate.num)) {}

int Grid::first_segment(int chunk) const {
    if (divided_.empty())
        return chunk * segments_a_chunk_;
    const int last = static_cast<int>(divided_.size()) - 1;
    return divided_[static_cast<std::size_t>(std::min(chunk, last))] + std::max(0, chunk - last);
}

int Grid::chunk_of(int segment) const {
    if (divided_.empty())
        return segment / segments_a_chunk_;
    const auto after = std::ranges::upper_bound(divided_, segment);
    if (after != divided_.end())
        return static_cast<int>(after - divided_.begin()) - 1;
    return static_cast<int>(divided_.size()) - 1 + segment - divided_.back();
}

void Grid::divide(std::vector<int> first_segments) {
    assert(!first_segments.empty() && first_segments.front() == 0);
    divided_ = std::move(first_segments);
}

Grid Grid::of_sound(std::chrono::seconds segment) { return {FrameRate{375, 8}, 1, segment}; }

Grid Grid::cut_at(FrameRate rate, int step, int timescale, std::vector<std::int64_t> cuts) {
    assert(cuts.size() >= 2 && cuts.front() == 0);
    Grid grid(rate, step);
    grid.timescale_ = timescale;
    grid.frame_ticks_ =
        std::max(1, static_cast<int>(std::int64_t{timescale} * rate.den / rate.num));
    grid.cuts_ = std::move(cuts);
    grid.first_frames_ = {0};
    grid.first_fragments_ = {0};
    for (std::size_t i = 1; i < grid.cuts_.size(); ++i) {
        const auto length = grid.cuts_[i] - grid.cuts_[i - 1];
        grid.first_frames_.push_back(grid.first_frames_.back() +
                                     std::max<std::int64_t>(1, length / grid.frame_ticks_));
        grid.first_fragments_.push_back(grid.first_fragments_.back() + grid.gops_of(i - 1));
    }
    return grid;
}

int Grid::target_duration() const {
    // Sound is cut up to half a packet beside the picture, at both ends.
    constexpr double sound_beside = 0.025;
    std::int64_t longest = 0;
    for (std::size_t i = 1; i < cuts_.size(); ++i)
        longest = std::max(longest, cuts_[i] - cuts_[i - 1]);
    // Few frames a second, or rungs that share few of them, may leave no segment of the length wanted.
    if (!is_listed())
        longest = ticks(segment_begin(1));
    const double seconds = static_cast<double>(longest) / timescale_ + sound_beside;
    return static_cast<int>(std::max(wanted_segment_.count(), std::lround(seconds)));
}

std::size_t Grid::listed_segment(std::int64_t frame) const {
    const auto after = std::ranges::upper_bound(first_frames_, frame);
    return after == first_frames_.begin()
               ? 0
               : static_cast<std::size_t>(after - first_frames_.begin()) - 1;
}

/// The last GOP of a segment is half to one and a half as long as the others.
int Grid::gops_of(std::size_t segment) const {
    const auto frames = first_frames_[segment + 1] - first_frames_[segment];
    return std::max(1, static_cast<int>((frames + gop_ / 2) / gop_));
}

std::int64_t Grid::segment_begin(int segment) const {
    if (!is_listed())
        return std::int64_t{segment} * gop_ * gops_a_segment_;
    return first_frames_[std::min(static_cast<std::size_t>(segment), first_frames_.size() - 1)];
}

std::int64_t Grid::fragment_begin(int fragment) const {
    if (!is_listed())
        return std::int64_t{fragment} * gop_;
    if (fragment >= first_fragments_.back())
        return first_frames_.back();
    const auto after = std::ranges::upper_bound(first_fragments_, fragment);
    const auto segment = static_cast<std::size_t>(after - first_fragments_.begin()) - 1;
    return first_frames_[segment] + std::int64_t{fragment - first_fragments_[segment]} * gop_;
}

int Grid::first_fragment(int segment) const {
    if (!is_listed())
        return segment * gops_a_segment_;
    return first_fragments_[std::min(static_cast<std::size_t>(segment),
                                     first_fragments_.size() - 1)];
}

bool Grid::is_key(std::int64_t frame) const {
    if (!is_listed())
        return frame % gop_ == 0;
    const auto segment = listed_segment(frame);
    if (segment + 1 >= cuts_.size())
        return frame == first_frames_.back();
    const auto within = frame - first_frames_[segment];
    return within % gop_ == 0 && within / gop_ < gops_of(segment);
}

std::int64_t Grid::key_after(std::int64_t frame) const {
    const auto segment = is_listed() ? listed_segment(frame) : 0;
    if (segment + 1 >= cuts_.size())
        return (frame / gop_ + 1) * gop_;
    const auto gops = (frame - first_frames_[segment]) / gop_ + 1;
    return gops < gops_of(segment) ? first_frames_[segment] + gops * gop_
                                   : first_frames_[segment + 1];
}

int Grid::segment_of(std::int64_t begin, std::int64_t end) const {
    if (is_listed())
        return static_cast<int>(listed_segment(begin));
    const auto length = segment_begin(1);
    const bool is_joined = begin > 0 && begin % length == 0 && is_sliver(end - begin);
    return static_cast<int>(begin / length) - (is_joined ? 1 : 0);
}

std::optional<std::int64_t> Grid::end() const {
    return is_listed() ? std::optional(first_frames_.back()) : std::nullopt;
}

std::int64_t Grid::ticks(std::int64_t frame) const {
    if (!is_listed())
        return frame * frame_ticks_;
    const auto segment = listed_segment(frame);
    return cuts_[segment] + (frame - first_frames_[segment]) * frame_ticks_;
}

std::chrono::microseconds Grid::at(std::int64_t frame) const {
    return std::chrono::microseconds(scaled(ticks(frame), 1'000'000, timescale_));
}

std::int64_t Grid::nearest(std::chrono::microseconds instant) const {
    const auto time = scaled(instant.count(), timescale_, 1'000'000);
    if (!is_listed())
        return scaled(instant.count(), rate_.num, std::int64_t{rate_.den} * 1'000'000);
    const auto after = std::ranges::upper_bound(cuts_, time);
    const auto segment =
        after == cuts_.begin() ? 0 : static_cast<std::size_t>(after - cuts_.begin()) - 1;
    const auto frame = first_frames_[segment] + scaled(time - cuts_[segment], 1, frame_ticks_);
    if (segment + 1 >= cuts_.size() || frame < first_frames_[segment + 1])
        return frame;
    const auto last = first_frames_[segment + 1] - 1;
    return cuts_[segment + 1] - time <= time - ticks(last) ? last + 1 : last;
}

std::int64_t Grid::sound_packet(std::int64_t frame) const {
    return scaled(ticks(frame), sound_rate, std::int64_t{timescale_} * packet_samples);
}

bool Grid::is_sliver(std::int64_t frames) const {
    constexpr std::chrono::milliseconds short_tail{400};
    // Rounded, the joined segment must still be the target duration.
    const std::chrono::milliseconds longest{target_duration() * 1000 + 490};
    return frames > 0 && at(frames) < short_tail && at(segment_begin(1) + frames) < longest;
}

std::chrono::microseconds sound_instant(std::int64_t packet) {
    return std::chrono::microseconds(scaled(packet, packet_samples * 1'000'000, sound_rate));
}

} // namespace transcoder::plan
