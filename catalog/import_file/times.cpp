#include "catalog/import_file/times.h"

#include <array>

namespace catalog::import_file {

namespace {

using Precision = SessionDate::Precision;

std::optional<UtcTime> read_instant_text(const Field& field, const time::Zone& zone) {
    const auto text = field.text();
    if (!text) {
        return std::nullopt;
    }
    if (const auto instant = time::parse_rfc3339(*text)) {
        return instant;
    }
    if (const auto date = time::parse_date(*text)) {
        return zone.start_of_day(*date);
    }
    field.mistake("\"" + *text +
                  "\" is no time (2021-10-25T09:00:00+09:00) and no day (2021-10-25)");
    return std::nullopt;
}

/// Either of two ways to say one end of a window; notes where both are used and differ.
std::optional<UtcTime> agreed(const Field& where, std::optional<UtcTime> by_instant,
                              std::optional<UtcTime> by_day) {
    if (by_instant && by_day && *by_instant != *by_day) {
        where.mistake("this is " + time::format_rfc3339(*by_instant) +
                      ", but by the day it would be " + time::format_rfc3339(*by_day));
    }
    return by_instant ? by_instant : by_day;
}

std::optional<UtcTime> start_of(std::optional<time::Date> day, std::chrono::days later,
                                const time::Zone& zone) {
    return day ? std::optional(zone.start_of_day(std::chrono::sys_days(*day) + later))
               : std::nullopt;
}

Precision implied_precision(const Field& when) {
    if (when["start"].present()) {
        return Precision::minute;
    }
    if (when["date"].present()) {
        return Precision::day;
    }
    return when["earliest"].present() || when["latest"].present() ? Precision::range
                                                                  : Precision::unknown;
}

Precision read_precision(const Field& when) {
    const Field field = when["precision"];
    const auto word = field.text();
    if (!word) {
        return implied_precision(when);
    }
    if (*word == "date") {
        return Precision::day;
    }
    if (*word == "month-range" || *word == "month") {
        return Precision::range;
    }
    if (const auto precision = date_precision_from_text(*word)) {
        return *precision;
    }
    field.mistake("\"" + *word + "\" is no precision: minute, date, month-range or unknown");
    return Precision::unknown;
}

void read_day(const Field& when, SessionDate& date) {
    if (!when["date"].present()) {
        when["date"].mistake("this is missing");
    }
    date.first_day = read_date(when["date"]);
}

void read_minutes(const Field& when, const time::Zone& zone, SessionDate& date) {
    date.reception = read_instant(when["reception"], zone);
    date.start = read_instant(when["start"], zone);
    date.end = read_instant(when["end"], zone);
    date.first_day = read_date(when["date"]);
    if (!when["start"].present()) {
        when["start"].mistake("this is missing");
    }
    if (!date.start) {
        return;
    }
    const time::Date day = zone.to_local(*date.start).date;
    if (date.first_day && *date.first_day != day) {
        when["date"].mistake("this is " + time::format_date(*date.first_day) +
                             ", but the session starts on " + time::format_date(day));
    }
    date.first_day = day;
    if (date.end && *date.end <= *date.start) {
        when["end"].mistake("this ends before it starts");
    }
    if (date.reception && *date.reception > *date.start) {
        when["reception"].mistake("this is after the start");
    }
}

void read_range(const Field& when, SessionDate& date) {
    date.first_day = read_date(when["earliest"]);
    date.last_day = read_date(when["latest"]);
    if (date.first_day && date.last_day && *date.last_day < *date.first_day) {
        when["latest"].mistake("this is before the earliest day");
    }
}

} // namespace

std::optional<time::Date> read_date(const Field& field) {
    const auto text = field.text();
    if (!text) {
        return std::nullopt;
    }
    const auto date = time::parse_date(*text);
    if (!date) {
        field.mistake("\"" + *text + "\" is no day");
    }
    return date;
}

std::optional<UtcTime> read_instant(const Field& field, const time::Zone& zone) {
    if (!field.is_object()) {
        return read_instant_text(field, zone);
    }
    const auto local = read_instant_text(field["jst"], zone);
    const auto utc = read_instant_text(field["utc"], zone);
    if (!field["jst"].present() && !field["utc"].present()) {
        field.mistake("this says no time: neither \"jst\" nor \"utc\"");
    }
    if (local && utc && *local != *utc) {
        field.mistake("\"jst\" and \"utc\" are different times");
    }
    return local ? local : utc;
}

std::optional<AvailabilityWindow> read_window(const Field& field, const time::Zone& zone) {
    if (!field.present() || !field.expect_object()) {
        return std::nullopt;
    }
    const auto first_day = read_date(field["fromDate"]);
    const auto last_day = read_date(field["untilDateInclusive"]);
    const Field closes_field = field.either("closesExclusive", "closes");
    const auto opens = agreed(field["opens"], read_instant(field["opens"], zone),
                              start_of(first_day, std::chrono::days(0), zone));
    const auto closes = agreed(closes_field, read_instant(closes_field, zone),
                               start_of(last_day, std::chrono::days(1), zone));
    const auto window = make_window(opens, closes);
    if (!window) {
        field.mistake("this closes before it opens");
        return std::nullopt;
    }
    return *window;
}

SessionDate read_session_date(const Field& field, const time::Zone& zone) {
    SessionDate date;
    if (!field.present() || !field.expect_object()) {
        return date;
    }
    date.precision = read_precision(field);
    date.label = field["label"].text_or_empty();
    switch (date.precision) {
    case Precision::minute:
        read_minutes(field, zone, date);
        break;
    case Precision::day:
        read_day(field, date);
        break;
    case Precision::range:
        read_range(field, date);
        break;
    case Precision::unknown:
        break;
    }
    check_weekday(field["weekday"], date.first_day);
    return date;
}

void check_weekday(const Field& weekday, std::optional<time::Date> date) {
    const auto stated = weekday.text();
    if (!stated || !date) {
        return;
    }
    constexpr std::array<std::string_view, 7> names{"日", "月", "火", "水", "木", "金", "土"};
    const std::string_view right = names.at(time::weekday_of(*date).c_encoding());
    if (*stated != right) {
        weekday.mistake("\"" + *stated + "\" is wrong: " + time::format_date(*date) + " is a " +
                        std::string(right));
    }
}

} // namespace catalog::import_file
