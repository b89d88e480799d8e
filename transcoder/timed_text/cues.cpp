#include "transcoder/timed_text/cues.h"

#include <algorithm>

namespace transcoder::timed_text {

using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

/// Where one of ordered cues ends that does not say so.
microseconds usual_end(const std::vector<Raw>& cues, std::size_t at) {
    constexpr std::chrono::seconds usual{4};
    const auto end = cues[at].start + usual;
    const auto next = std::ranges::upper_bound(cues, cues[at].start, {}, &Raw::start);
    return next == cues.end() ? end : std::min(end, next->start);
}

} // namespace

std::vector<catalog::Cue> placed(std::vector<Raw> cues, microseconds duration) {
    std::ranges::stable_sort(cues, {}, &Raw::start);
    std::vector<catalog::Cue> placed;
    for (std::size_t i = 0; i < cues.size(); ++i) {
        const auto end = cues[i].end ? *cues[i].end : usual_end(cues, i);
        const auto from = std::chrono::floor<milliseconds>(std::max(cues[i].start, microseconds{0}));
        const auto to = std::chrono::floor<milliseconds>(std::min(end, duration));
        if (from < to)
            placed.push_back({from, to, std::move(cues[i].text)});
    }
    // What began before the recording begins with it.
    std::ranges::stable_sort(placed, {}, &catalog::Cue::start);
    return placed;
}

} // namespace transcoder::timed_text
