#include "transcoder/plan/cuts.h"

#include <algorithm>
#include <cstdlib>

namespace transcoder::plan {

namespace {

constexpr std::int64_t shortest_s = 4;
constexpr std::int64_t wanted_s = 6;
/// Ten seconds are what encoders put between key frames; where recordings were joined the sound's rest
/// comes on top. It still rounds to a target duration of ten.
constexpr std::int64_t longest_ms = 10'400;

bool is_bearable(std::int64_t ticks, int timescale) {
    return ticks * 1000 <= longest_ms * timescale;
}

} // namespace

std::vector<std::int64_t> choose_cuts(std::span<const std::int64_t> keys, std::int64_t end,
                                      int timescale) {
    std::vector<std::int64_t> cuts{0};
    const auto least = shortest_s * timescale;
    auto key = keys.begin();
    for (;;) {
        key = std::lower_bound(key, keys.end(), cuts.back() + least);
        if (key == keys.end())
            break;
        const auto wanted = cuts.back() + wanted_s * timescale;
        for (auto next = key + 1;
             next != keys.end() && std::abs(*next - wanted) < std::abs(*key - wanted); ++next)
            key = next;
        cuts.push_back(*key);
    }
    // A tail that is hardly a segment joins the one before it where that stays bearable.
    const bool has_tail = cuts.size() > 1 && end - cuts.back() < timescale;
    if (has_tail && is_bearable(end - cuts[cuts.size() - 2], timescale))
        cuts.pop_back();
    cuts.push_back(end);
    return cuts;
}

bool are_bearable(std::span<const std::int64_t> cuts, int timescale) {
    // What is left over at the end and cannot be joined must hold some packets of sound.
    constexpr int a_second_holds = 5;
    if (cuts.size() > 2 && (cuts.back() - cuts[cuts.size() - 2]) * a_second_holds < timescale)
        return false;
    std::int64_t longest = 0;
    for (std::size_t i = 1; i < cuts.size(); ++i)
        longest = std::max(longest, cuts[i] - cuts[i - 1]);
    return is_bearable(longest, timescale);
}

} // namespace transcoder::plan
