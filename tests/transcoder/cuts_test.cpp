#include "transcoder/plan/cuts.h"

#include <catch2/catch.hpp>

using namespace transcoder::plan;

namespace {

using Ticks = std::vector<std::int64_t>;
constexpr int second = 10;

} // namespace

TEST_CASE("a cut is the key nearest to six seconds after the last, of those four away or more",
          "[transcoder]") {
    CHECK(choose_cuts(Ticks{0, 20, 39, 45, 58, 77, 100, 160}, 200, second) ==
          Ticks{0, 58, 100, 160, 200});
    CHECK(choose_cuts(Ticks{0}, 70, second) == Ticks{0, 70});
    CHECK(choose_cuts(Ticks{0, 95}, 180, second) == Ticks{0, 95, 180});
}

TEST_CASE("a tail of less than a second joins the segment before it where that is not too long",
          "[transcoder]") {
    CHECK(choose_cuts(Ticks{0, 60}, 66, second) == Ticks{0, 66});
    CHECK(choose_cuts(Ticks{0, 60}, 71, second) == Ticks{0, 60, 71});
    CHECK(choose_cuts(Ticks{0, 98}, 103, second) == Ticks{0, 103});
    CHECK(choose_cuts(Ticks{0, 98}, 105, second) == Ticks{0, 98, 105});
}

TEST_CASE("segments are borne as long as the usual distance of key frames", "[transcoder]") {
    CHECK(are_bearable(Ticks{0, 80, 160}, second));
    CHECK(are_bearable(Ticks{0, 100, 200}, second));
    CHECK(are_bearable(Ticks{0, 104, 204}, second));
    CHECK_FALSE(are_bearable(Ticks{0, 105}, second));
    CHECK_FALSE(are_bearable(Ticks{0, 60, 61}, second));
}
