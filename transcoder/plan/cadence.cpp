#include "transcoder/plan/cadence.h"

#include <algorithm>
#include <numeric>

namespace transcoder::plan {

Cadence::Cadence(const Grid& grid, int divisor) : grid_(grid), divisor_(divisor) {
    if (!grid.is_listed())
        return;
    first_numbers_ = {0};
    for (std::size_t segment = 0; segment + 1 < grid.cuts().size(); ++segment)
        first_numbers_.push_back(first_numbers_.back() + count_in(segment));
}

std::int64_t Cadence::count_in(std::size_t segment) const {
    const auto number = static_cast<int>(segment);
    const auto frames = grid_.segment_begin(number + 1) - grid_.segment_begin(number);
    return std::max<std::int64_t>(1, frames / divisor_);
}

bool Cadence::has(std::int64_t frame) const {
    if (!grid_.is_listed())
        return frame % divisor_ == 0;
    const int segment = grid_.segment_of(frame, frame + 1);
    const auto within = frame - grid_.segment_begin(segment);
    return within % divisor_ == 0 && within / divisor_ < count_in(static_cast<std::size_t>(segment));
}

std::int64_t Cadence::number(std::int64_t frame) const {
    if (!grid_.is_listed())
        return (frame + divisor_ - 1) / divisor_;
    if (frame >= *grid_.end())
        return first_numbers_.back();
    const int segment = grid_.segment_of(frame, frame + 1);
    const auto within = frame - grid_.segment_begin(segment);
    const auto index = static_cast<std::size_t>(segment);
    return first_numbers_[index] + std::min((within + divisor_ - 1) / divisor_, count_in(index));
}

std::int64_t Cadence::ticks(std::int64_t number) const {
    if (!grid_.is_listed() || number < 0)
        return number * frame_ticks();
    if (number >= first_numbers_.back())
        return grid_.cuts().back() + (number - first_numbers_.back()) * frame_ticks();
    const auto after = std::ranges::upper_bound(first_numbers_, number);
    const auto segment = static_cast<std::size_t>(after - first_numbers_.begin()) - 1;
    return grid_.cuts()[segment] + (number - first_numbers_[segment]) * frame_ticks();
}

FrameRate Cadence::rate() const {
    if (!grid_.is_listed())
        return grid_.rate().divided_by(divisor_);
    const int common = std::gcd(grid_.timescale(), frame_ticks());
    return {grid_.timescale() / common, frame_ticks() / common};
}

} // namespace transcoder::plan
