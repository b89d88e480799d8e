#include "catalog/availability_window.h"

#include <catch2/catch.hpp>

namespace catalog {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using State = AvailabilityWindow::State;

namespace {

const UtcTime noon = sys_days(2021y / 6 / 28) + 12h;

} // namespace

TEST_CASE("a window admits its opening instant and refuses its closing one", "[catalog]") {
    const AvailabilityWindow window{noon, noon + 1h};
    CHECK(window.at(noon - 1ms) == State::upcoming);
    CHECK(window.at(noon) == State::open);
    CHECK(window.at(noon + 1h - 1ms) == State::open);
    CHECK(window.at(noon + 1h) == State::closed);
    CHECK_FALSE(window.admits(noon - 1ms));
    CHECK(window.admits(noon));
    CHECK_FALSE(window.admits(noon + 1h));
}

TEST_CASE("an end that is open never refuses", "[catalog]") {
    CHECK(AvailabilityWindow{}.admits(UtcTime::min()));
    CHECK(AvailabilityWindow{}.admits(UtcTime::max()));
    CHECK(AvailabilityWindow{noon, std::nullopt}.at(UtcTime::max()) == State::open);
    CHECK(AvailabilityWindow{std::nullopt, noon}.at(UtcTime::min()) == State::open);
}

TEST_CASE("a window that closes no later than it opens is refused", "[catalog]") {
    CHECK(make_window(noon, noon + 1ms).value() == AvailabilityWindow{noon, noon + 1ms});
    CHECK(make_window(noon, noon).error().kind == Refusal::invalid);
    CHECK(make_window(noon, noon - 1h).error().kind == Refusal::invalid);
}

TEST_CASE("days are whole days of the zone, both included", "[catalog]") {
    const auto tokyo = time::Zone::named("Asia/Tokyo").value();
    const time::Date first = 2021y / 6 / 29;
    const time::Date last = 2021y / 12 / 28;
    CHECK(make_window(first, last, tokyo).value() ==
          AvailabilityWindow{sys_days(2021y / 6 / 28) + 15h, sys_days(2021y / 12 / 28) + 15h});
    CHECK(make_window(last, last, tokyo).has_value());
    CHECK(make_window(last, first, tokyo).error().kind == Refusal::invalid);
    CHECK(make_window(std::optional<time::Date>(), std::optional<time::Date>(), tokyo).value() ==
          AvailabilityWindow{});
}

TEST_CASE("a day on which clocks change is as long as it is", "[catalog]") {
    const auto berlin = time::Zone::named("Europe/Berlin").value();
    const time::Date day = 2021y / 10 / 31;
    const auto window = make_window(day, day, berlin).value();
    CHECK(*window.closes - *window.opens == 25h);
}

} // namespace catalog
