#include "catalog/time/utc_time.h"

#include "catalog/time/digits.h"
#include "catalog/time/zone.h"

namespace catalog::time {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::optional<minutes> take_hours_and_minutes(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    if (!hour || !take(text, ':')) {
        return std::nullopt;
    }
    const auto minute = take_digits(text, 2);
    if (!minute || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    return hours(*hour) + minutes(*minute);
}

/// Digits after a decimal point, to the millisecond; finer ones are left out.
std::optional<milliseconds> take_fraction(std::string_view& text) {
    milliseconds fraction{0};
    milliseconds unit{100};
    bool any = false;
    while (const auto digit = take_digits(text, 1)) {
        fraction += *digit * unit;
        unit /= 10;
        any = true;
    }
    return any ? std::optional(fraction) : std::nullopt;
}

std::optional<milliseconds> take_time_of_day(std::string_view& text) {
    const auto until_minute = take_hours_and_minutes(text);
    if (!until_minute || !take(text, ':')) {
        return until_minute;
    }
    const auto second = take_digits(text, 2);
    if (!second || *second > 59) {
        return std::nullopt;
    }
    const milliseconds until_second = *until_minute + seconds(*second);
    if (!take(text, '.')) {
        return until_second;
    }
    const auto fraction = take_fraction(text);
    return fraction ? std::optional(until_second + *fraction) : std::nullopt;
}

std::optional<minutes> take_offset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) {
        return minutes(0);
    }
    const bool east = text.starts_with('+');
    if (!take(text, '+') && !take(text, '-')) {
        return std::nullopt;
    }
    const auto size = take_hours_and_minutes(text);
    return size ? std::optional(east ? *size : -*size) : std::nullopt;
}

} // namespace

std::optional<UtcTime> parse_rfc3339(std::string_view text) {
    constexpr std::size_t date_length = 10;
    const auto date = parse_date(text.substr(0, date_length));
    if (!date) {
        return std::nullopt;
    }
    text.remove_prefix(date_length);
    if (!take(text, 'T') && !take(text, 't')) {
        return std::nullopt;
    }
    const auto time_of_day = take_time_of_day(text);
    if (!time_of_day) {
        return std::nullopt;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(*date) + *time_of_day - *offset;
}

namespace {

enum class Milliseconds { where_there_are_any, always };

std::string format_in_utc(UtcTime instant, Milliseconds shown) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss clock(instant - day);
    std::string text = format_date(day) + 'T' + padded(clock.hours().count(), 2) + ':' +
                       padded(clock.minutes().count(), 2) + ':' +
                       padded(clock.seconds().count(), 2);
    if (shown == Milliseconds::always || clock.subseconds().count() != 0) {
        text += '.' + padded(clock.subseconds().count(), 3);
    }
    return text + 'Z';
}

} // namespace

std::string format_rfc3339(UtcTime instant) {
    return format_in_utc(instant, Milliseconds::where_there_are_any);
}

std::string format_rfc3339_with_milliseconds(UtcTime instant) {
    return format_in_utc(instant, Milliseconds::always);
}

} // namespace catalog::time
