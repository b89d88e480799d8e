#include "transcoder/plan/grid.h"

#include <catch2/catch.hpp>

using namespace transcoder::plan;
using std::chrono::microseconds;

namespace {

struct Case {
    FrameRate rate;
    int step;
    int gop;
    microseconds segment;
};

} // namespace

TEST_CASE("a GOP is about two seconds and a multiple of every rung's step", "[transcoder]") {
    const auto row = GENERATE(Case{{30, 1}, 6, 60, microseconds(6'000'000)},
                              Case{{30000, 1001}, 6, 60, microseconds(6'006'000)},
                              Case{{25, 1}, 2, 50, microseconds(6'000'000)},
                              Case{{24000, 1001}, 2, 48, microseconds(6'006'000)},
                              Case{{25, 2}, 1, 25, microseconds(6'000'000)},
                              Case{{179, 6}, 6, 60, microseconds(6'033'520)},
                              Case{{2, 1}, 1, 4, microseconds(6'000'000)},
                              Case{{1, 1}, 1, 2, microseconds(6'000'000)});
    const Grid grid(row.rate, row.step);
    CAPTURE(row.rate.text());
    CHECK(grid.gop() == row.gop);
    CHECK(grid.gop() % row.step == 0);
    CHECK(grid.at(grid.segment()) == row.segment);
    CHECK(grid.chunk() == 9 * row.gop);
}

TEST_CASE("a segment rounds to the target duration at every rate up to 30", "[transcoder]") {
    for (int num = 1000; num <= 30'500; num += 7)
        for (const int step : {1, 2}) {
            const Grid grid({num < 10'000 ? (num + 999) / 1000 * 1000 : num, 1000}, step);
            const auto segment = grid.at(grid.segment());
            CAPTURE(num, step, segment.count());
            CHECK(segment >= microseconds(5'500'000));
            CHECK(segment < microseconds(6'500'000));
        }
}

TEST_CASE("instants are rounded, never summed, so that a day later they are still right",
          "[transcoder]") {
    const Grid grid({30000, 1001}, 6);
    CHECK(grid.at(1) == microseconds(33'367));
    CHECK(grid.at(30'000 * 86) == microseconds(std::int64_t{1001} * 86 * 1'000'000));
    CHECK(grid.nearest(grid.at(123'457)) == 123'457);
    CHECK(grid.nearest(microseconds(-40'000)) == -1);
}

TEST_CASE("sound is cut at the packet that begins nearest to the picture's cut", "[transcoder]") {
    const Grid grid({25, 1}, 2);
    CHECK(grid.sound_packet(0) == 0);
    CHECK(grid.sound_packet(50) == 94);    // 93.75
    CHECK(grid.sound_packet(150) == 281);  // 281.25
    CHECK(sound_instant(281) == microseconds(5'994'667));
    const auto of_sound = Grid::of_sound();
    CHECK(of_sound.sound_packet(of_sound.segment()) == of_sound.segment());
}

TEST_CASE("a tail is joined to the segment before it while both still last six seconds, rounded",
          "[transcoder]") {
    const Grid even({25, 1}, 2);
    CHECK_FALSE(even.is_sliver(0));
    CHECK(even.is_sliver(1));
    CHECK(even.is_sliver(9));
    CHECK_FALSE(even.is_sliver(10));
    const Grid slow({2, 1}, 1);
    CHECK_FALSE(slow.is_sliver(1));
}
