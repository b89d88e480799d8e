#include "transcoder/stills/slide_finder.h"

#include <utility>

namespace transcoder::stills {

using std::chrono::microseconds;

void SlideFinder::add(microseconds at, const AVFrame& picture) {
    if (reference_)
        look(at, picture);
    else
        reference_ = av::another(picture);
    last_ = av::another(picture);
    last_at_ = at;
}

void SlideFinder::look(microseconds at, const AVFrame& picture) {
    const auto since_it_came = changed(*reference_, picture);
    const auto just_now = changed(*last_, picture);
    if (is_another_slide(just_now))
        stirred_ = Change{last_at_, at};
    if (!is_another_slide(since_it_came)) {
        left_.reset();
        slide_.still = at;
        return;
    }
    if (!left_)
        left_ = Change{last_at_, at};
    const auto settled = since_it_came & ~just_now;
    if (is_another_slide(settled) && stands_still(settled, just_now))
        begin_slide(stirred_ && stirred_->by > left_->by ? *stirred_ : *left_, at, picture);
}

void SlideFinder::begin_slide(const Change& change, microseconds at, const AVFrame& picture) {
    end_slide(change.by);
    slide_.before = change.before;
    slide_.still = at;
    reference_ = av::another(picture);
    left_.reset();
}

void SlideFinder::end_slide(microseconds end) {
    constexpr std::chrono::seconds moment{3};
    slide_.end = end;
    const auto ended = std::exchange(slide_, Slide{end, end, end, end});
    if (ended.end - ended.begin >= moment)
        slides_.push_back(ended);
    else if (!slides_.empty())
        slides_.back().end = end;
    else
        slide_.begin = ended.begin;
}

std::vector<Slide> SlideFinder::finish(microseconds end) {
    if (!reference_)
        return {};
    const auto last = slide_;
    end_slide(end);
    // A recording that is no longer than a moment has its slide too.
    if (slides_.empty())
        slides_.push_back({last.begin, end, last.still, last.before});
    return std::exchange(slides_, {});
}

} // namespace transcoder::stills
