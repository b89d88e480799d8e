#include "transcoder/plan/ladder.h"

#include <catch2/catch.hpp>

using namespace transcoder::plan;

namespace {

/// A ladder in one line: "v360 640x360/3 …".
std::string line(const std::vector<Rung>& rungs) {
    std::string text;
    for (const auto& rung : rungs)
        text += (text.empty() ? "" : " ") + rung.name + " " + std::to_string(rung.width) + "x" +
                std::to_string(rung.height) + "/" + std::to_string(rung.divisor);
    return text;
}

struct Case {
    ShownSize size;
    FrameRate rate;
    std::string expected;
};

} // namespace

TEST_CASE("the ladder has the source's own size on top and few frames below", "[transcoder]") {
    const auto row = GENERATE(
        Case{{1920, 1080}, {30, 1}, "v360 640x360/3 v480 854x480/2 v720 1280x720/1 v1080 1920x1080/1"},
        Case{{1280, 720}, {25, 1}, "v360 640x360/2 v480 854x480/2 v720 1280x720/1"},
        Case{{1280, 720}, {30000, 1001}, "v360 640x360/3 v480 854x480/2 v720 1280x720/1"},
        Case{{1280, 720}, {24000, 1001}, "v360 640x360/2 v480 854x480/2 v720 1280x720/1"},
        Case{{768, 432}, {25, 2}, "v360 640x360/1 v432 768x432/1"},
        Case{{640, 480}, {2, 1}, "v360 480x360/1 v480 640x480/1"},
        Case{{640, 360}, {30, 1}, "v360s 640x360/3 v360 640x360/1"},
        Case{{160, 90}, {25, 1}, "v90s 160x90/2 v90 160x90/1"},
        Case{{3840, 2160}, {30, 1},
             "v360 640x360/3 v480 854x480/2 v720 1280x720/1 v1080 1920x1080/1"},
        Case{{720, 1280}, {30, 1}, "v360 360x640/3 v480 480x854/2 v720 720x1280/1"},
        Case{{719, 405}, {30, 1}, "v360 640x360/3 v405 720x406/1"});
    CHECK(line(ladder(row.size, row.rate)) == row.expected);
}

TEST_CASE("a recording has at least two rungs, none larger than the source", "[transcoder]") {
    for (int lines = 2; lines < 1500; lines += 13) {
        const ShownSize size{lines * 16 / 9, lines};
        const auto rungs = ladder(size, {30, 1});
        CAPTURE(lines, line(rungs));
        CHECK(rungs.size() >= 2);
        CHECK(rungs.back().divisor == 1);
        for (std::size_t i = 0; i < rungs.size(); ++i) {
            CHECK(rungs[i].height <= std::max(16, lines + 1));
            CHECK(rungs[i].width % 2 == 0);
            CHECK(rungs[i].height % 2 == 0);
            if (i > 0) {
                CHECK(rungs[i].max_rate > rungs[i - 1].max_rate);
                CHECK(rungs[i].name != rungs[i - 1].name);
            }
        }
    }
}

TEST_CASE("caps leave room for the sound below what thin lines carry", "[transcoder]") {
    const auto rungs = ladder({1920, 1080}, {30, 1});
    const std::vector<int> promised{200'000, 500'000, 1'200'000, 3'000'000};
    for (std::size_t i = 0; i < rungs.size(); ++i)
        CHECK(rungs[i].max_rate * 4 / 3 + 66'000 <= promised[i]);
}

TEST_CASE("a rung is scaled from the next larger whose frames include its own", "[transcoder]") {
    const auto rungs = ladder({1920, 1080}, {30, 1});
    CHECK(scaled_from(rungs, 0) == 2);  // thirds are not among halves
    CHECK(scaled_from(rungs, 1) == 2);
    CHECK(scaled_from(rungs, 2) == 3);
    CHECK(scaled_from(rungs, 3) == 3);
}

TEST_CASE("rates near a usual one are taken for it, fast ones divided, slow ones rounded up",
          "[transcoder]") {
    struct Rate {
        FrameRate source;
        FrameRate expected;
    };
    const auto row = GENERATE(Rate{{60, 1}, {30, 1}}, Rate{{60000, 1001}, {30000, 1001}},
                              Rate{{50, 1}, {25, 1}}, Rate{{30001, 1000}, {30, 1}},
                              Rate{{2997, 100}, {30000, 1001}}, Rate{{25, 2}, {25, 2}},
                              Rate{{199, 100}, {2, 1}}, Rate{{1, 10}, {1, 1}},
                              Rate{{5, 2}, {3, 1}}, Rate{{120, 1}, {30, 1}},
                              Rate{{179, 6}, {179, 6}});
    CAPTURE(row.source.text());
    CHECK(conformed_rate(row.source) == row.expected);
}
