#include "server/access/back_off.h"

#include <catch2/catch.hpp>

using namespace server::access;
using namespace std::chrono_literals;

TEST_CASE("the pause after wrong passwords doubles from the fifth on, to five minutes", "[server]") {
    CHECK(pause_after(0) == 0s);
    CHECK(pause_after(4) == 0s);
    CHECK(pause_after(5) == 1s);
    CHECK(pause_after(6) == 2s);
    CHECK(pause_after(9) == 16s);
    CHECK(pause_after(14) == 300s);
    CHECK(pause_after(1'000'000) == 300s);
}

TEST_CASE("names that nobody has are paused as others are", "[server]") {
    Strangers strangers;
    const catalog::time::UtcTime now{1'600'000'000'000ms};
    for (int guess = 0; guess < 5; ++guess)
        CHECK_FALSE(strangers.note("nobody", now));
    CHECK(strangers.note("nobody", now) == now + 1s);
    CHECK_FALSE(strangers.note("somebody", now));
    CHECK_FALSE(strangers.note("nobody", now + 1s));
    CHECK(strangers.note("nobody", now + 2s) == now + 3s);
}
