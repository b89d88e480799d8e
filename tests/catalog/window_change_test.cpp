#include "catalog/window_change.h"

#include <catch2/catch.hpp>

namespace catalog {

using namespace std::chrono_literals;
using std::chrono::sys_days;

namespace {

const time::Zone tokyo = *time::Zone::named("Asia/Tokyo");
const UtcTime now = sys_days(2021y / 10 / 25) + 0h;
const AvailabilityWindow lectures =
    make_window(time::Date(2021y / 6 / 29), time::Date(2021y / 12 / 28), tokyo).value();

UtcTime local(time::Date day, std::chrono::minutes time_of_day = 0min) {
    return tokyo.to_utc({day, time_of_day});
}

WindowChange ends(WindowEnd opens, WindowEnd closes) {
    return {WindowChange::Of::ends, opens, closes};
}

/// A record of the session of 29 October that inherits its window.
const WindowOwner record{std::nullopt, lectures, time::Date(2021y / 10 / 29)};

} // namespace

TEST_CASE("an end by the session is counted from its day, whole days unless a time is said", "[catalog]") {
    const auto by_weeks = changed(record, ends(EndBySession{1, std::nullopt}, EndBySession{14, std::nullopt}), now, tokyo);
    CHECK(by_weeks.value() == AvailabilityWindow{local(2021y / 10 / 30), local(2021y / 11 / 13)});
    const auto day_before = changed(record, ends(KeptEnd{}, EndBySession{-1, 17h}), now, tokyo);
    CHECK(day_before.value() == AvailabilityWindow{lectures.opens, local(2021y / 10 / 28, 17h)});
}

TEST_CASE("an end by a session is refused where no day of one is known", "[catalog]") {
    WindowOwner lecture = record;
    lecture.session_day.reset();
    const auto refused = changed(lecture, ends(KeptEnd{}, EndBySession{14, std::nullopt}), now, tokyo);
    CHECK(refused.error().kind == Refusal::invalid);
    CHECK(changed(lecture, ends(KeptEnd{}, NoEnd{}), now, tokyo).has_value());
}

TEST_CASE("until the end of the fiscal year is with 31 March", "[catalog]") {
    const auto closing = [](UtcTime at) {
        return changed(record, ends(KeptEnd{}, EndOfFiscalYear{}), at, tokyo).value()->closes;
    };
    CHECK(closing(now) == local(2022y / 4 / 1));
    CHECK(closing(local(2022y / 3 / 31, 23h + 59min)) == local(2022y / 4 / 1));
    CHECK(closing(local(2022y / 4 / 1)) == local(2023y / 4 / 1));
}

TEST_CASE("a day opens with its first minute and closes after its last, or at the time that is said", "[catalog]") {
    const EndOnDay day{2021y / 11 / 1, std::nullopt};
    CHECK(changed(record, ends(day, day), now, tokyo).value() ==
          AvailabilityWindow{local(2021y / 11 / 1), local(2021y / 11 / 2)});
    const auto by_time = ends(EndOnDay{2021y / 11 / 1, 9h}, EndOnDay{2021y / 11 / 1, 24h});
    CHECK(changed(record, by_time, now, tokyo).value() ==
          AvailabilityWindow{local(2021y / 11 / 1, 9h), local(2021y / 11 / 2)});
}

TEST_CASE("the end of a day on which clocks change is the next day's start", "[catalog]") {
    const auto berlin = time::Zone::named("Europe/Berlin").value();
    const EndOnDay day{2021y / 10 / 31, std::nullopt};
    const auto window = changed(record, ends(day, day), now, berlin).value().value();
    CHECK(*window.closes - *window.opens == 25h);
}

TEST_CASE("what is kept of an inherited window becomes its own; keeping both leaves it inherited", "[catalog]") {
    CHECK(changed(record, ends(KeptEnd{}, NoEnd{}), now, tokyo).value() ==
          AvailabilityWindow{lectures.opens, std::nullopt});
    CHECK(changed(record, ends(KeptEnd{}, KeptEnd{}), now, tokyo).value() == std::nullopt);
    CHECK(changed(record, {}, now, tokyo).value() == std::nullopt);
    WindowOwner own = record;
    own.window = AvailabilityWindow{now, std::nullopt};
    CHECK(changed(own, {}, now, tokyo).value() == own.window);
    CHECK(changed(own, {WindowChange::Of::own_window, {}, {}}, now, tokyo).value() == std::nullopt);
}

TEST_CASE("a change after which a window would close before it opens is refused", "[catalog]") {
    const auto refused = changed(record, ends(KeptEnd{}, EndOnDay{2021y / 6 / 28, std::nullopt}), now, tokyo);
    CHECK(refused.error().kind == Refusal::invalid);
}

TEST_CASE("a window's last day is the one on which it is open last", "[catalog]") {
    CHECK(last_day_of(lectures, tokyo) == time::Date(2021y / 12 / 28));
    CHECK(last_day_of({std::nullopt, local(2021y / 6 / 28, 17h)}, tokyo) == time::Date(2021y / 6 / 28));
    CHECK(last_day_of({}, tokyo) == std::nullopt);
}

TEST_CASE("a window reaches beyond another at either end", "[catalog]") {
    const AvailabilityWindow inside{*lectures.opens + 1h, *lectures.closes - 1h};
    CHECK_FALSE(reaches_beyond(inside, lectures));
    CHECK_FALSE(reaches_beyond(lectures, lectures));
    CHECK(reaches_beyond(lectures, inside));
    CHECK(reaches_beyond({inside.opens, std::nullopt}, lectures));
    CHECK(reaches_beyond({std::nullopt, inside.closes}, lectures));
    CHECK_FALSE(reaches_beyond({}, {}));
}

} // namespace catalog
