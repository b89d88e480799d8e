#include "transcoder/stills/poster.h"

#include <cmath>
#include <cstdint>

namespace transcoder::stills {

namespace {

/// A black picture with noise has about 3, a title of one line on white 20.
constexpr double enough = 12;

} // namespace

void PosterChoice::add(std::chrono::microseconds at, const AVFrame& picture) {
    if (contrast_ >= enough)
        return;
    const double here = contrast(picture);
    if (here < enough && here <= contrast_)
        return;
    contrast_ = here;
    chosen_ = at;
}

double contrast(const AVFrame& picture) {
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (int y = 0; y < picture.height; ++y) {
        const auto* row = picture.data[0] + std::ptrdiff_t{y} * picture.linesize[0];
        for (int x = 0; x < picture.width; ++x) {
            sum += row[x];
            squares += std::int64_t{row[x]} * row[x];
        }
    }
    const double count = static_cast<double>(picture.width) * picture.height;
    const double mean = static_cast<double>(sum) / count;
    return std::sqrt(static_cast<double>(squares) / count - mean * mean);
}

} // namespace transcoder::stills
