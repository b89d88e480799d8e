#include "catalog/time/day_off.h"

#include <array>

namespace catalog::time {

namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::Monday;
using std::chrono::month_day;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

struct FixedHoliday {
    month_day day;
    int first_year;
    int last_year;
    std::string_view name;
};

constexpr int always = 9999;

/// Those of a day of the year.
constexpr std::array<FixedHoliday, 12> fixed{{
    {std::chrono::January / 1, 0, always, "元日"},
    {std::chrono::February / 11, 0, always, "建国記念の日"},
    {std::chrono::February / 23, 2020, always, "天皇誕生日"},
    {std::chrono::April / 29, 0, always, "昭和の日"},
    {std::chrono::May / 3, 0, always, "憲法記念日"},
    {std::chrono::May / 4, 0, always, "みどりの日"},
    {std::chrono::May / 5, 0, always, "こどもの日"},
    {std::chrono::August / 11, 2016, 2019, "山の日"},
    {std::chrono::August / 11, 2022, always, "山の日"},
    {std::chrono::November / 3, 0, always, "文化の日"},
    {std::chrono::November / 23, 0, always, "勤労感謝の日"},
    {std::chrono::December / 23, 0, 2018, "天皇誕生日"},
}};

struct OneDay {
    Date day;
    std::string_view name;
};

/// Those that were set for one year: the accession, and the Olympic Games.
constexpr std::array<OneDay, 8> once{{
    {2019y / 5 / 1, "天皇の即位の日"},
    {2019y / 10 / 22, "即位礼正殿の儀の行われる日"},
    {2020y / 7 / 23, "海の日"},
    {2020y / 7 / 24, "スポーツの日"},
    {2020y / 8 / 10, "山の日"},
    {2021y / 7 / 22, "海の日"},
    {2021y / 7 / 23, "スポーツの日"},
    {2021y / 8 / 8, "山の日"},
}};

/// The years in which the Games moved three holidays.
bool is_year_of_games(int number) { return number == 2020 || number == 2021; }

/// The n-th Monday of a month.
bool is_monday(Date day, unsigned month, unsigned which) {
    return day.month() == std::chrono::month(month) &&
           sys_days(day) == sys_days(day.year() / std::chrono::month(month) / Monday[which]);
}

std::string_view monday_holiday(Date day) {
    const int number = static_cast<int>(day.year());
    if (is_monday(day, 1, 2)) {
        return "成人の日";
    }
    if (is_monday(day, 9, 3)) {
        return "敬老の日";
    }
    if (is_year_of_games(number)) {
        return {};
    }
    if (is_monday(day, 7, 3)) {
        return "海の日";
    }
    if (is_monday(day, 10, 2)) {
        return number >= 2020 ? "スポーツの日" : "体育の日";
    }
    return {};
}

/// The day of the month of an equinox, by the formula of the National Astronomical Observatory for 1980 to 2099.
unsigned equinox(int number, double first) {
    const int since = number - 1980;
    return static_cast<unsigned>(first + 0.242194 * since) - static_cast<unsigned>(since / 4);
}

std::string_view equinox_holiday(Date day) {
    const int number = static_cast<int>(day.year());
    const auto day_of_month = static_cast<unsigned>(day.day());
    if (day.month() == std::chrono::March && day_of_month == equinox(number, 20.8431)) {
        return "春分の日";
    }
    if (day.month() == std::chrono::September && day_of_month == equinox(number, 23.2488)) {
        return "秋分の日";
    }
    return {};
}

/// A holiday that is named by the law itself (Article 2).
std::string_view named_holiday(Date day) {
    const int number = static_cast<int>(day.year());
    for (const FixedHoliday& each : fixed) {
        if (month_day(day.month(), day.day()) == each.day && number >= each.first_year &&
            number <= each.last_year) {
            return each.name;
        }
    }
    for (const OneDay& each : once) {
        if (day == each.day) {
            return each.name;
        }
    }
    const auto monday = monday_holiday(day);
    return monday.empty() ? equinox_holiday(day) : monday;
}

/// Article 3: the first day that is no holiday after one that fell on a Sunday; a day between two holidays.
std::string_view further_holiday(Date day) {
    for (sys_days before = sys_days(day) - days(1); !named_holiday(before).empty();
         before -= days(1)) {
        if (weekday(before) == std::chrono::Sunday) {
            return "振替休日";
        }
    }
    const bool between = !named_holiday(sys_days(day) - days(1)).empty() &&
                         !named_holiday(sys_days(day) + days(1)).empty();
    return between ? "国民の休日" : std::string_view();
}

std::string_view holiday(Date day) {
    const auto named = named_holiday(day);
    return named.empty() ? further_holiday(day) : named;
}

bool is_year_end(Date day) {
    const auto day_of_month = static_cast<unsigned>(day.day());
    return (day.month() == std::chrono::December && day_of_month >= 29) ||
           (day.month() == std::chrono::January && day_of_month <= 3);
}

} // namespace

std::optional<DayOff> day_off(Date day) {
    const auto name = holiday(day);
    if (is_year_end(day)) {
        return DayOff{DayOff::Kind::year_end, name};
    }
    if (!name.empty()) {
        return DayOff{DayOff::Kind::holiday, name};
    }
    if (weekday_of(day) == std::chrono::Saturday) {
        return DayOff{DayOff::Kind::saturday, {}};
    }
    if (weekday_of(day) == std::chrono::Sunday) {
        return DayOff{DayOff::Kind::sunday, {}};
    }
    return std::nullopt;
}

std::string_view to_text(DayOff::Kind kind) {
    switch (kind) {
    case DayOff::Kind::saturday:
        return "saturday";
    case DayOff::Kind::sunday:
        return "sunday";
    case DayOff::Kind::holiday:
        return "holiday";
    case DayOff::Kind::year_end:
        break;
    }
    return "year_end";
}

} // namespace catalog::time
