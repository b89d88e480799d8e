#include "transcoder/plan/cadence.h"
#include "transcoder/plan/chunks.h"
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
    CHECK(grid.at(grid.segment_begin(1)) == row.segment);
    CHECK(grid.chunk_begin(1) == 9 * row.gop);
}

TEST_CASE("a segment rounds to the target duration at every rate up to 30", "[transcoder]") {
    for (int num = 1000; num <= 30'500; num += 7)
        for (const int step : {1, 2}) {
            const Grid grid({num < 10'000 ? (num + 999) / 1000 * 1000 : num, 1000}, step);
            const auto segment = grid.at(grid.segment_begin(1));
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
    CHECK(of_sound.sound_packet(of_sound.segment_begin(1)) == of_sound.segment_begin(1));
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

TEST_CASE("a listed grid counts frames on from cut to cut, and the last one stays until the next",
          "[transcoder]") {
    // 90 ticks a frame; the second segment is a frame and a half longer than ten.
    const auto grid = Grid::cut_at({10, 1}, 2, 900, {0, 4500, 9135, 9225});
    CHECK(grid.frame_ticks() == 90);
    CHECK(grid.segment_begin(1) == 50);
    CHECK(grid.segment_begin(2) == 101);
    CHECK(grid.end() == 102);
    CHECK(grid.segment_begin(7) == 102);
    CHECK(grid.ticks(50) == 4500);
    CHECK(grid.ticks(100) == 9000);
    CHECK(grid.ticks(101) == 9135);
    CHECK(grid.ticks(102) == 9225);
    CHECK(grid.at(101) == microseconds(10'150'000));
    for (std::int64_t frame = 0; frame < 104; ++frame)
        CHECK(grid.nearest(grid.at(frame)) == frame);
    CHECK(grid.nearest(microseconds(10'060'000)) == 100);
    CHECK(grid.nearest(microseconds(10'090'000)) == 101);
}

TEST_CASE("a listed grid has a key at each cut and about every two seconds behind it",
          "[transcoder]") {
    const auto grid = Grid::cut_at({10, 1}, 2, 900, {0, 4500, 9135, 9225});
    std::vector<std::int64_t> keys;
    for (std::int64_t frame = 0; frame < 102; ++frame)
        if (grid.is_key(frame))
            keys.push_back(frame);
    CHECK(keys == std::vector<std::int64_t>{0, 20, 40, 50, 70, 90, 101});
    for (std::size_t i = 0; i < keys.size(); ++i)
        CHECK(grid.fragment_begin(static_cast<int>(i)) == keys[i]);
    CHECK(grid.first_fragment(1) == 3);
    CHECK(grid.first_fragment(2) == 6);
    CHECK(grid.segment_of(70, 90) == 1);
}

TEST_CASE("a rung of fewer frames shows each at least for its time, and begins anew at each cut",
          "[transcoder]") {
    const auto grid = Grid::cut_at({10, 1}, 6, 900, {0, 4500, 9135, 9225});
    const Cadence cadence(grid, 3);
    std::vector<std::int64_t> shown;
    for (std::int64_t frame = 0; frame < 102; ++frame)
        if (cadence.has(frame)) {
            CHECK(cadence.number(frame) == static_cast<std::int64_t>(shown.size()));
            CHECK(cadence.ticks(cadence.number(frame)) == grid.ticks(frame));
            shown.push_back(frame);
        }
    CHECK(shown.size() == 16 + 17 + 1);
    CHECK(shown[15] == 45);
    CHECK(shown[16] == 50);
    CHECK(cadence.number(102) == 34);
    CHECK(cadence.ticks(-2) == -540);
    CHECK(cadence.rate().text() == "3.333");
}

TEST_CASE("no segment of a listed grid lasts longer than its target duration, rounded",
          "[transcoder]") {
    CHECK(Grid::cut_at({10, 1}, 2, 1000, {0, 4000, 8100}).target_duration() == 6);
    CHECK(Grid::cut_at({10, 1}, 2, 1000, {0, 6400}).target_duration() == 6);
    // Half a packet of sound more at either end.
    CHECK(Grid::cut_at({10, 1}, 2, 1000, {0, 6490}).target_duration() == 7);
    CHECK(Grid::cut_at({10, 1}, 2, 1000, {0, 9900}).target_duration() == 10);
}

TEST_CASE("segments behind the chunks that were chosen are chunks of their own", "[transcoder]") {
    Grid grid({25, 1}, 1);
    grid.divide({0, 3, 6, 7, 8});
    const auto segment = grid.segment_begin(1);
    std::vector<std::int64_t> begins;
    for (int chunk = 0; chunk < 8; ++chunk)
        begins.push_back(grid.chunk_begin(chunk) / segment);
    // One more than expected comes, and has a chunk too.
    CHECK(begins == std::vector<std::int64_t>{0, 3, 6, 7, 8, 9, 10, 11});
    for (int number = 0; number < 20; ++number) {
        const int chunk = grid.chunk_of(number);
        CHECK(grid.first_segment(chunk) <= number);
        CHECK(grid.first_segment(chunk + 1) > number);
    }
}

TEST_CASE("chunks begin where little is decoded for nothing, and are short where threads would wait",
          "[transcoder]") {
    const Grid grid({25, 1}, 1);
    const auto keys_each = [](std::chrono::milliseconds apart, std::chrono::milliseconds until) {
        std::vector<std::chrono::milliseconds> keys;
        for (std::chrono::milliseconds at{0}; at < until; at += apart)
            keys.push_back(at);
        return keys;
    };
    const auto ten = keys_each(std::chrono::seconds(10), std::chrono::seconds(600));
    const auto chosen = choose_chunks(grid, 100, ten);
    REQUIRE(chosen.size() > 20);
    CHECK(chosen.front() == 0);
    CHECK(chosen.back() == 101);
    for (std::size_t i = 1; i < chosen.size(); ++i) {
        const int length = chosen[i] - chosen[i - 1];
        CHECK(length >= 1);
        CHECK(length <= std::clamp((100 - chosen[i - 1]) / 3, 2, 5) + (chosen[i] == 101 ? 1 : 0));
        // Where there is a choice of five, one of them lies 2 s behind a key.
        if (chosen[i] < 80)
            CHECK(chosen[i] * 6 % 10 == 2);
    }
    CHECK(choose_chunks(grid, 6, {}) == std::vector<int>{0, 3, 7});
    CHECK(choose_chunks(grid, 1, {}) == std::vector<int>{0, 2});
    CHECK(choose_chunks(grid, 2, {}) == std::vector<int>{0, 3});
}
