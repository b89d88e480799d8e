#include "transcoder/withdraw/shown.h"

#include "transcoder/av/failure.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace transcoder::withdraw {

std::vector<TickSpan> in_ticks(std::span<const catalog::Span> spans, AVRational time_base) {
    constexpr AVRational millisecond{1, 1000};
    std::vector<TickSpan> all;
    for (const auto& [begin, end] : spans)
        all.push_back({av_rescale_q_rnd(begin.count(), millisecond, time_base, AV_ROUND_DOWN),
                       av_rescale_q_rnd(end.count(), millisecond, time_base, AV_ROUND_UP)});
    std::ranges::sort(all, {}, &TickSpan::begin);
    std::vector<TickSpan> joined;
    for (const auto& span : all) {
        if (!joined.empty() && span.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, span.end);
        else
            joined.push_back(span);
    }
    return joined;
}

av::Frame black_picture(av::Size size) {
    auto picture = av::make_frame();
    picture->format = AV_PIX_FMT_YUV420P;
    picture->width = size.width;
    picture->height = size.height;
    av::check(av_frame_get_buffer(picture.get(), 0), "make room for a picture");
    constexpr std::array<int, 3> black{16, 128, 128};
    for (std::size_t plane = 0; plane < black.size(); ++plane) {
        const int lines = plane == 0 ? size.height : (size.height + 1) / 2;
        std::memset(picture->data[plane], black[plane],
                    static_cast<std::size_t>(picture->linesize[plane]) * static_cast<std::size_t>(lines));
    }
    return picture;
}

void Blanked::add(av::Frame picture, std::int64_t at) {
    if (last_ && at <= last_at_)
        return; // damaged: it has no place
    show_last(at);
    last_ = std::move(picture);
    last_at_ = at;
}

void Blanked::finish(std::int64_t end) { show_last(end); }

void Blanked::show_last(std::int64_t until) {
    if (!last_)
        return;
    const auto holds = [this](const TickSpan& span) { return span.begin <= last_at_ && last_at_ < span.end; };
    if (std::ranges::any_of(withdrawn_, holds))
        return show_(black_, last_at_);
    show_(*last_, last_at_);
    for (const auto& [begin, end] : withdrawn_) {
        if (begin <= last_at_ || begin >= until)
            continue;
        show_(black_, begin);
        if (end < until)
            show_(*last_, end);
    }
}

} // namespace transcoder::withdraw
