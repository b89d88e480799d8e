#include "transcoder/stills/poster_file.h"

#include "transcoder/av/still.h"

#include <algorithm>

namespace transcoder::stills {

namespace {

av::Size poster_size(const AVFrame& picture) {
    constexpr int widest = 1280;
    if (picture.width <= widest)
        return {picture.width, picture.height};
    return {widest, std::max(2, picture.height * widest / picture.width / 2 * 2)};
}

} // namespace

std::string poster_of(const AVFrame& picture) {
    constexpr auto jpeg = av::StillKind::jpeg;
    return av::encode_still(*av::to_still(picture, poster_size(picture), jpeg), jpeg);
}

} // namespace transcoder::stills
