#include "catalog/media/bandwidth.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

Segment segment(double seconds, std::uint64_t size) {
    return {std::chrono::microseconds(std::llround(seconds * 1e6)), {0, size}};
}

} // namespace

TEST_CASE("peak and average of even segments are their rate", "[catalog]") {
    const std::vector<Segment> segments(10, segment(6, 750'000));
    CHECK(measure(segments, 6) == Bandwidth{1'000'000, 1'000'000});
}

TEST_CASE("the peak is taken over runs from half to one and a half target durations", "[catalog]") {
    // A sliver of 1 s at 8 Mbit/s counts only together with a neighbour.
    const std::vector<Segment> segments{segment(6, 600'000), segment(1, 1'000'000),
                                        segment(6, 600'000)};
    const std::uint64_t sliver_and_neighbour = (1'600'000ULL * 8 + 6) / 7;
    CHECK(measure(segments, 6).peak == sliver_and_neighbour);
    CHECK(measure(segments, 6).average == (2'200'000ULL * 8 + 12) / 13);
}

TEST_CASE("rates are rounded up", "[catalog]") {
    const std::vector<Segment> segments{segment(3, 1)};
    CHECK(measure(segments, 6) == Bandwidth{3, 3});
}

TEST_CASE("what is shorter than half a target duration is measured whole", "[catalog]") {
    const std::vector<Segment> segments{segment(1, 1'000), segment(1, 3'000)};
    CHECK(measure(segments, 6) == Bandwidth{16'000, 16'000});
}

TEST_CASE("segments longer than one and a half target durations are measured singly", "[catalog]") {
    const std::vector<Segment> segments{segment(12, 12'000), segment(12, 24'000)};
    CHECK(measure(segments, 6) == Bandwidth{16'000, 12'000});
}

TEST_CASE("the peak is never below the average", "[catalog]") {
    // All the bytes sit in a tail of 0.5 s, which no run of legal length holds but with its
    // neighbour.
    const std::vector<Segment> segments{segment(9, 0), segment(0.5, 1'000'000)};
    const Bandwidth measured = measure(segments, 6);
    CHECK(measured.peak >= measured.average);
}

TEST_CASE("nothing flows where there are no segments", "[catalog]") {
    CHECK(measure({}, 6) == Bandwidth{0, 0});
    const std::vector<Segment> empty{segment(0, 5)};
    CHECK(measure(empty, 6) == Bandwidth{0, 0});
}

TEST_CASE("renditions that play together add up", "[catalog]") {
    CHECK(Bandwidth{5, 3} + Bandwidth{64, 60} == Bandwidth{69, 63});
}

} // namespace catalog::media
