#include "transcoder/av/same_picture.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstring>

namespace transcoder::av {

namespace {

bool is_same_form(const AVFrame& a, const AVFrame& b) {
    return a.width == b.width && a.height == b.height && a.format == b.format &&
           a.color_range == b.color_range && a.colorspace == b.colorspace &&
           a.interlaced_frame == b.interlaced_frame &&
           av_cmp_q(a.sample_aspect_ratio, b.sample_aspect_ratio) == 0;
}

bool is_same_plane(const AVFrame& a, const AVFrame& b, int plane, int bytes, int rows) {
    if (a.data[plane] == b.data[plane])
        return true;
    for (int row = 0; row < rows; ++row)
        if (std::memcmp(a.data[plane] + std::ptrdiff_t{row} * a.linesize[plane],
                        b.data[plane] + std::ptrdiff_t{row} * b.linesize[plane],
                        static_cast<std::size_t>(bytes)) != 0)
            return false;
    return true;
}

} // namespace

bool is_same_picture(const AVFrame& a, const AVFrame& b) {
    const auto format = static_cast<AVPixelFormat>(a.format);
    const auto* description = av_pix_fmt_desc_get(format);
    // A palette is more than rows of samples: such pictures are rare, and count as different.
    if (description == nullptr || (description->flags & AV_PIX_FMT_FLAG_PAL) != 0 ||
        !is_same_form(a, b))
        return false;
    const int planes = av_pix_fmt_count_planes(format);
    for (int plane = 0; plane < planes; ++plane) {
        const int bytes = av_image_get_linesize(format, a.width, plane);
        const bool is_chroma = plane == 1 || plane == 2;
        const int rows = is_chroma ? AV_CEIL_RSHIFT(a.height, description->log2_chroma_h) : a.height;
        if (bytes < 0 || !is_same_plane(a, b, plane, bytes, rows))
            return false;
    }
    return true;
}

double changed_share(const AVFrame& a, const AVFrame& b) {
    constexpr int side = 16;
    int blocks = 0;
    int changed = 0;
    for (int top = 0; top < a.height; top += side) {
        for (int left = 0; left < a.width; left += side) {
            const auto bytes = static_cast<std::size_t>(std::min(side, a.width - left));
            const auto differs = [&](int row) {
                return std::memcmp(a.data[0] + std::ptrdiff_t{row} * a.linesize[0] + left,
                                   b.data[0] + std::ptrdiff_t{row} * b.linesize[0] + left,
                                   bytes) != 0;
            };
            const int bottom = std::min(top + side, a.height);
            int row = top;
            while (row < bottom && !differs(row))
                ++row;
            ++blocks;
            changed += row < bottom ? 1 : 0;
        }
    }
    return blocks == 0 ? 0 : static_cast<double>(changed) / blocks;
}

} // namespace transcoder::av
