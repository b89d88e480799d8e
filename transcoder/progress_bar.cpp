#include "transcoder/progress_bar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ostream>
#include <utility>

namespace transcoder {

std::string bar_text(const Progress& progress) {
    constexpr int width = 30;
    const double fraction = std::clamp(progress.fraction, 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(fraction * width);
    std::array<char, 64> numbers{};
    std::snprintf(numbers.data(), numbers.size(), "] %3.0f %%  %.1fx", fraction * 100,
                  progress.speed);
    std::string text =
        "[" + std::string(filled, '=') + std::string(width - filled, ' ') + numbers.data();
    if (progress.remaining) {
        const auto left = progress.remaining->count();
        const auto hours = left / 3600;
        std::array<char, 48> time{};
        if (hours > 0)
            std::snprintf(time.data(), time.size(), "  残り %ld:%02ld:%02ld", hours,
                          left / 60 % 60, left % 60);
        else
            std::snprintf(time.data(), time.size(), "  残り %ld:%02ld", left / 60, left % 60);
        text += time.data();
    }
    return text;
}

void ProgressBar::draw(const Progress& progress) {
    if (shown_ == Shown::no)
        return;
    // Carriage return, and clear to the end of the line.
    out_ << "\r\x1b[K" << bar_text(progress) << std::flush;
    drawn_ = true;
}

void ProgressBar::clear() {
    if (std::exchange(drawn_, false))
        out_ << "\r\x1b[K" << std::flush;
}

} // namespace transcoder
