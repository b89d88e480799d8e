#include "transcoder/stages/clock.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using transcoder::stages::Clock;
using transcoder::stages::Sequence;

namespace {

constexpr int picture = 0;
constexpr int sound = 1;

} // namespace

TEST_CASE("a stream whose clock jumps goes on where it was", "[transcoder]") {
    Clock clock;
    CHECK(clock.correction(picture, 0s, 1s) == 0s);
    CHECK(clock.correction(picture, 1s, 1s) == 0s);
    CHECK(clock.correction(picture, 26h, 1s) == 2s - 26h);
    CHECK(clock.correction(picture, 26h + 1s, 1s) == 2s - 26h);
    CHECK(clock.correction(picture, 10s, 1s) == -6s);
    CHECK(clock.correction(picture, 11s, 1s) == -6s);
}

TEST_CASE("picture and sound jump by the same, whichever is first", "[transcoder]") {
    Clock clock;
    const auto [first, second] = GENERATE(std::pair(picture, sound), std::pair(sound, picture));
    for (auto at = 0s; at < 7s; ++at) {
        CHECK(clock.correction(first, at, 1s) == 0s);
        CHECK(clock.correction(second, at, 1s) == 0s);
    }
    CHECK(clock.correction(first, 0s, 1s) == 7s);
    // What a container held back belongs to the old clock.
    CHECK(clock.correction(second, 7s, 300ms) == 0s);
    CHECK(clock.correction(second, 0s, 1s) == 7s);
    CHECK(clock.correction(first, 1s, 1s) == 7s);
    CHECK(clock.correction(second, 1s, 1s) == 7s);
}

TEST_CASE("where a recording is joined, what its sound has more than its picture is kept",
          "[transcoder]") {
    Clock clock;
    CHECK(clock.correction(picture, 0s, 7s) == 0s);
    CHECK(clock.correction(sound, 0s, 7300ms) == 0s);
    CHECK(clock.correction(picture, 0s, 7s) == 7300ms);
    CHECK(clock.correction(sound, 0s, 7300ms) == 7300ms);
}

TEST_CASE("a pause is a pause, and so is the silence of one stream while the other goes on",
          "[transcoder]") {
    Clock clock;
    CHECK(clock.correction(picture, 5s, 1s) == 0s);
    CHECK(clock.correction(sound, 5s, 1s) == 0s);
    for (auto at = 30s; at < 90s; ++at)
        CHECK(clock.correction(sound, at, 1s) == 0s);
    CHECK(clock.correction(picture, 89s, 1s) == 0s);
    CHECK(clock.correction(sound, 130s, 1s) == -40s);
}

TEST_CASE("what has no time follows what came before", "[transcoder]") {
    Sequence sequence;
    CHECK(sequence.place(5s, 1s) == 5s);
    CHECK(sequence.place(std::nullopt, 1s) == 6s);
    CHECK(sequence.place(std::nullopt, 1s) == 7s);
}
