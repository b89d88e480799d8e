#include "transcoder/live/cutter.h"

#include "transcoder/live/encoded_lane.h"
#include "transcoder/live/publisher.h"

#include <algorithm>

namespace transcoder::live {

using catalog::media::Part;

namespace {

/// Of a target duration of four seconds: what rounds to more is too long.
constexpr Ticks longest_segment = second * 445 / 100;

} // namespace

Cut Cutter::cut(Ticks at, Cut::Begins begins, Part::Start start) {
    part_begin_ = at;
    if (begins == Cut::Begins::segment)
        segment_begin_ = at;
    return {at, begins, start};
}

PassedCutter::PassedCutter(Ticks begin, Ticks step, Ticks gap)
    : Cutter(begin), step_(step), gap_(gap), last_key_(begin) {}

std::optional<Cut> PassedCutter::next(Ticks at, Key key) {
    if (at <= part_begin_)
        return std::nullopt;
    if (key == Key::yes) {
        gap_ = std::max(gap_, at - last_key_);
        last_key_ = at;
        // The next key frame would come too late to end this segment.
        if (at - segment_begin_ + gap_ + step_ > longest_segment)
            return cut(at, Cut::Begins::segment, Part::Start::independent);
    }
    if (at - part_begin_ < second - step_ / 2)
        return std::nullopt;
    return cut(at, Cut::Begins::part,
               key == Key::yes ? Part::Start::independent : Part::Start::dependent);
}

bool PassedCutter::goes_on(Ticks at, Key key) const {
    if (key == Key::yes)
        return at - segment_begin_ <= longest_segment;
    return at - last_key_ <= longest_gop && at + step_ - segment_begin_ <= longest_segment;
}

std::optional<Cut> EvenCutter::next(Ticks at, Key) {
    constexpr int parts_a_gop = 2;
    constexpr int parts_a_segment = 4;
    const auto due = part_begin_ + second;
    if (at < due - EncodedLane::tolerance)
        return std::nullopt;
    ++parts_;
    return cut(due, parts_ % parts_a_segment == 0 ? Cut::Begins::segment : Cut::Begins::part,
               parts_ % parts_a_gop == 0 ? Part::Start::independent : Part::Start::dependent);
}

} // namespace transcoder::live
