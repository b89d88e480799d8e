#include "transcoder/stages/clock.h"

#include <algorithm>

namespace transcoder::stages {

using std::chrono::microseconds;

namespace {

constexpr microseconds longest_pause = std::chrono::seconds(30);
constexpr microseconds longest_step_back = std::chrono::seconds(1);

} // namespace

/// Where another stream has jumped this one will, but not at the same packet: what still fits the old
/// clock belongs to it, for as long as containers hold packets back.
void Clock::follow(Hand& hand, microseconds instant, microseconds lasts) const {
    constexpr microseconds longest_behind = std::chrono::seconds(2);
    if (hand.correction == newest_)
        return;
    const auto by_old = instant + hand.correction - hand.expected;
    const auto by_new = instant + newest_ - hand.expected;
    hand.behind += std::max(lasts, microseconds(10'000));
    if (std::chrono::abs(by_new) > std::chrono::abs(by_old) && hand.behind < longest_behind)
        return;
    hand.correction = newest_;
    hand.behind = microseconds{0};
}

/// Nothing is lost of what the other stream has behind this one's end, where that is not much.
void Clock::mend(Hand& hand, microseconds instant) {
    const auto goes_on = furthest_ - hand.expected <= longest_step_back ? furthest_ : hand.expected;
    hand.correction = newest_ = goes_on - instant;
    hand.behind = microseconds{0};
}

microseconds Clock::correction(int stream, microseconds instant, microseconds lasts) {
    const auto [found, is_first] = hands_.try_emplace(stream);
    auto& hand = found->second;
    if (is_first) {
        hand.correction = newest_;
        hand.expected = hands_.size() == 1 ? instant : furthest_;
        // A stream may begin long before what came first of another.
        if (instant + newest_ < hand.expected)
            hand.expected = instant + newest_;
    }
    follow(hand, instant, lasts);
    const auto placed = instant + hand.correction;
    const bool is_ahead = placed - std::max(hand.expected, furthest_) > longest_pause;
    if (is_ahead || placed - hand.expected < -longest_step_back)
        mend(hand, instant);
    hand.expected = instant + hand.correction + lasts;
    furthest_ = hands_.size() == 1 ? hand.expected : std::max(furthest_, hand.expected);
    return hand.correction;
}

} // namespace transcoder::stages
