#include "catalog/time/zone.h"

#include "catalog/time/digits.h"

#include <date/tz.h>

#include <stdexcept>

namespace catalog::time {

Zone::Zone(const date::time_zone* zone, std::string name) : zone_(zone), name_(std::move(name)) {}

std::optional<Zone> Zone::named(std::string_view name) {
    try {
        return Zone(date::locate_zone(std::string(name)), std::string(name));
    } catch (const std::runtime_error&) {
        return std::nullopt; // how date::locate_zone says that it does not know the name
    }
}

UtcTime Zone::to_utc(const LocalTime& local) const {
    const date::local_time<std::chrono::milliseconds> shown(
        std::chrono::sys_days(local.date).time_since_epoch() + local.time_of_day);
    return zone_->to_sys(shown, date::choose::earliest);
}

LocalTime Zone::to_local(UtcTime instant) const {
    const auto shown = zone_->to_local(instant).time_since_epoch();
    const auto day = std::chrono::floor<std::chrono::days>(shown);
    return {Date(std::chrono::sys_days(day)), shown - day};
}

std::optional<Date> parse_date(std::string_view text) {
    const auto year = take_digits(text, 4);
    const bool first_dash = year && take(text, '-');
    const auto month = first_dash ? take_digits(text, 2) : std::nullopt;
    const bool second_dash = month && take(text, '-');
    const auto day = second_dash ? take_digits(text, 2) : std::nullopt;
    if (!day || !text.empty()) {
        return std::nullopt;
    }
    const Date date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                    std::chrono::day(static_cast<unsigned>(*day)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::string format_date(Date date) {
    return padded(static_cast<int>(date.year()), 4) + '-' +
           padded(static_cast<unsigned>(date.month()), 2) + '-' +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::chrono::weekday weekday_of(Date date) {
    return std::chrono::weekday(std::chrono::sys_days(date));
}

std::chrono::year fiscal_year_of(Date date) {
    return date.month() < std::chrono::April ? date.year() - std::chrono::years(1) : date.year();
}

} // namespace catalog::time
