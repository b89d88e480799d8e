#include "transcoder/stages/straightened.h"

namespace transcoder::stages {

std::chrono::microseconds Straightened::place(std::optional<std::chrono::microseconds> instant,
                                              std::chrono::microseconds lasts) {
    constexpr std::chrono::seconds longest_pause{30};
    constexpr std::chrono::seconds longest_step_back{1};
    auto placed = instant ? *instant + correction_ : expected_;
    const auto step = placed - expected_;
    if (corrects_ && began_ && (step > longest_pause || step < -longest_step_back)) {
        correction_ -= step;
        placed = expected_;
    }
    began_ = true;
    expected_ = placed + lasts;
    return placed;
}

} // namespace transcoder::stages
