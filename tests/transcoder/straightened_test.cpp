#include "transcoder/stages/straightened.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using transcoder::plan::SourceFacts;
using transcoder::stages::Straightened;

TEST_CASE("a stream whose clock jumps goes on where it was", "[transcoder]") {
    Straightened straight(SourceFacts::Access::in_order);
    CHECK(straight.place(0s, 1s) == 0s);
    CHECK(straight.place(1s, 1s) == 1s);
    CHECK(straight.place(26h, 1s) == 2s);
    CHECK(straight.place(26h + 1s, 1s) == 3s);
    CHECK(straight.place(10s, 1s) == 4s);
    CHECK(straight.place(11s, 1s) == 5s);
}

TEST_CASE("a pause is a pause, and what has no time follows what came before", "[transcoder]") {
    Straightened straight(SourceFacts::Access::in_order);
    CHECK(straight.place(5s, 1s) == 5s);
    CHECK(straight.place(30s, 1s) == 30s);
    CHECK(straight.place(std::nullopt, 1s) == 31s);
    CHECK(straight.place(std::nullopt, 1s) == 32s);
}

TEST_CASE("where the container's index tells the times they stand", "[transcoder]") {
    Straightened straight(SourceFacts::Access::anywhere);
    CHECK(straight.place(0s, 1s) == 0s);
    CHECK(straight.place(2h, 1s) == 2h);
    CHECK(straight.place(1h, 1s) == 1h);
}
