#include "catalog/time/clock.h"
#include "catalog/time/utc_time.h"
#include "catalog/time/zone.h"

#include <catch2/catch.hpp>

namespace catalog::time {

using namespace std::chrono_literals;
using std::chrono::sys_days;

namespace {

Zone tokyo() {
    return Zone::named("Asia/Tokyo").value();
}
Zone berlin() {
    return Zone::named("Europe/Berlin").value();
}

} // namespace

TEST_CASE("instants with an offset are read", "[catalog]") {
    const UtcTime expected = sys_days(2021y / 10 / 25) + 0h;
    const auto text =
        GENERATE("2021-10-25T09:00:00+09:00", "2021-10-25T09:00+09:00", "2021-10-25T00:00:00Z",
                 "2021-10-25t00:00:00z", "2021-10-25T00:00:00.000Z", "2021-10-24T19:30:00-04:30");
    INFO(text);
    CHECK(parse_rfc3339(text) == expected);
}

TEST_CASE("fractions of a second are read to the millisecond", "[catalog]") {
    const UtcTime day = sys_days(2021y / 10 / 25);
    CHECK(parse_rfc3339("2021-10-25T00:00:00.5Z") == day + 500ms);
    CHECK(parse_rfc3339("2021-10-25T00:00:00.0019999999999999999Z") == day + 1ms);
}

TEST_CASE("what is no instant is not read as one", "[catalog]") {
    const auto text =
        GENERATE("", "2021-10-25", "2021-10-25T09:00:00", "2021-10-25 09:00:00Z",
                 "2021-02-29T00:00:00Z", "2021-13-01T00:00:00Z", "2021-10-25T24:00:00Z",
                 "2021-10-25T09:60:00Z", "2021-10-25T09:00:60Z", "2021-10-25T09:00:00.Z",
                 "2021-10-25T09:00:00+9:00", "2021-10-25T09:00:00+24:00", "2021-10-25T09:00:00Zx",
                 "2021-1-25T09:00:00Z", "２０２１-10-25T09:00:00Z", "0000-00-00T00:00:00Z");
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text).has_value());
}

TEST_CASE("an instant is written in UTC, with milliseconds only where it has some", "[catalog]") {
    CHECK(format_rfc3339(sys_days(2021y / 12 / 28) + 15h) == "2021-12-28T15:00:00Z");
    CHECK(format_rfc3339(sys_days(2021y / 1 / 2) + 3h + 4min + 5s + 6ms) ==
          "2021-01-02T03:04:05.006Z");
    CHECK(format_rfc3339(sys_days(1969y / 12 / 31) + 23h) == "1969-12-31T23:00:00Z");
}

TEST_CASE("dates are read and written", "[catalog]") {
    CHECK(parse_date("2024-02-29") == Date(2024y / 2 / 29));
    CHECK(format_date(2021y / 6 / 9) == "2021-06-09");
    const auto text =
        GENERATE("2021-02-29", "2021-00-10", "2021-6-29", "2021-06-29 ", "20210629", "");
    INFO(text);
    CHECK_FALSE(parse_date(text).has_value());
}

TEST_CASE("weekdays and fiscal years follow from the calendar", "[catalog]") {
    CHECK(weekday_of(2021y / 6 / 29) == std::chrono::Tuesday);
    CHECK(fiscal_year_of(2021y / 4 / 1) == 2021y);
    CHECK(fiscal_year_of(2022y / 3 / 31) == 2021y);
    CHECK(fiscal_year_of(2022y / 4 / 1) == 2022y);
}

TEST_CASE("a zone shows an instant and finds it again", "[catalog]") {
    const UtcTime instant = sys_days(2021y / 6 / 28) + 15h + 250ms;
    CHECK(tokyo().to_local(instant) == LocalTime{2021y / 6 / 29, 250ms});
    CHECK(tokyo().to_utc({2021y / 6 / 29, 250ms}) == instant);
    CHECK(tokyo().start_of_day(2021y / 12 / 29) == sys_days(2021y / 12 / 28) + 15h);
    CHECK(tokyo().name() == "Asia/Tokyo");
}

TEST_CASE("a time shown twice is the earlier one, one never shown the end of the gap",
          "[catalog]") {
    CHECK(berlin().to_utc({2021y / 10 / 31, 2h + 30min}) == sys_days(2021y / 10 / 31) + 30min);
    CHECK(berlin().to_utc({2021y / 3 / 28, 2h + 30min}) == sys_days(2021y / 3 / 28) + 1h);
}

TEST_CASE("a zone that nobody knows is none", "[catalog]") {
    const auto name = GENERATE("", "Asia/Tōkyō", "../../etc/passwd", "Mars/Olympus");
    INFO(name);
    CHECK_FALSE(Zone::named(name).has_value());
}

TEST_CASE("a shifted clock starts where it was set and runs on", "[catalog]") {
    const UtcTime start = sys_days(2021y / 10 / 25);
    const ShiftedClock clock(start);
    const UtcTime first = clock.now();
    CHECK(first >= start);
    CHECK(first < start + 1min);
    while (clock.now() == first) {
    }
    CHECK(clock.now() > first);
}

} // namespace catalog::time
