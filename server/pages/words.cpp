#include "server/pages/words.h"

#include <fmt/format.h>

#include <array>

namespace server::pages {

namespace {

using namespace std::chrono_literals;

/// The `index`th of words set apart by commas.
std::string nth(std::string_view words, unsigned index) {
    for (; index > 0; --index) {
        words.remove_prefix(std::min(words.size(), words.find(',') + 1));
    }
    return std::string(words.substr(0, words.find(',')));
}

} // namespace

Words::Words(const Messages& messages, const catalog::time::Zone& zone, UtcTime now)
    : messages_(messages), zone_(zone), now_(now), today_(zone.to_local(now).date) {}

std::string Words::day(Date date) const {
    const auto month = static_cast<unsigned>(date.month());
    const std::string key = date.year() == today_.year() ? "date.day" : "date.day_with_year";
    return messages_.text(
        key, {{"year", std::to_string(static_cast<int>(date.year()))},
              {"month", std::to_string(month)},
              {"month_name", nth(messages_.text("date.months"), month - 1)},
              {"day", std::to_string(static_cast<unsigned>(date.day()))},
              {"weekday", nth(messages_.text("date.weekdays"),
                              catalog::time::weekday_of(date).c_encoding())}});
}

std::string Words::time_of_day(UtcTime at) const {
    const std::chrono::hh_mm_ss clock(zone_.to_local(at).time_of_day);
    return fmt::format("{}:{:02}", clock.hours().count(), clock.minutes().count());
}

std::string Words::instant(UtcTime at) const {
    return messages_.text("date.at",
                          {{"day", day(zone_.to_local(at).date)}, {"time", time_of_day(at)}});
}

bool Words::starts_a_day(UtcTime at) const { return zone_.to_local(at).time_of_day == 0ms; }

std::string Words::end(UtcTime closes) const {
    return starts_a_day(closes) ? day(zone_.to_local(closes - 1ms).date) : instant(closes);
}

std::string Words::start(UtcTime opens) const {
    return starts_a_day(opens) ? day(zone_.to_local(opens).date) : instant(opens);
}

std::string Words::window(const catalog::AvailabilityWindow& window) const {
    switch (window.at(now_)) {
    case catalog::AvailabilityWindow::State::upcoming:
        return messages_.text("window.from", {{"time", start(*window.opens)}});
    case catalog::AvailabilityWindow::State::closed:
        return messages_.text("window.ended", {{"time", end(*window.closes)}});
    case catalog::AvailabilityWindow::State::open:
        break;
    }
    return window.closes ? messages_.text("window.until", {{"time", end(*window.closes)}})
                         : messages_.text("window.open");
}

int Words::days_left(UtcTime closes) const {
    const Date last = zone_.to_local(closes - 1ms).date;
    return static_cast<int>((std::chrono::sys_days(last) - std::chrono::sys_days(today_)).count());
}

std::string Words::left(UtcTime closes) const {
    const int days = days_left(closes);
    if (days > 0) {
        return messages_.text("window.days_left", {{"days", std::to_string(days)}});
    }
    return starts_a_day(closes)
               ? messages_.text("window.last_day")
               : messages_.text("window.last_day_time", {{"time", time_of_day(closes)}});
}

std::string Words::fuzzy(const catalog::SessionDate& when) const {
    if (when.label.empty()) {
        return messages_.text("date.unknown");
    }
    if (!when.first_day || when.first_day->year() == today_.year()) {
        return when.label;
    }
    const std::string year = std::to_string(static_cast<int>(when.first_day->year()));
    if (when.label.find(year) != std::string::npos) {
        return when.label;
    }
    return messages_.text("date.fuzzy_with_year", {{"year", year}, {"label", when.label}});
}

std::string Words::session_date(const catalog::SessionDate& when) const {
    using Precision = catalog::SessionDate::Precision;
    if (when.precision == Precision::minute && when.start) {
        const std::string date = day(zone_.to_local(*when.start).date);
        const std::string begins = time_of_day(*when.start);
        return when.end ? messages_.text("date.span", {{"day", date},
                                                       {"start", begins},
                                                       {"end", time_of_day(*when.end)}})
                        : messages_.text("date.starting", {{"day", date}, {"start", begins}});
    }
    if (when.precision == Precision::day && when.first_day) {
        return day(*when.first_day);
    }
    return fuzzy(when);
}

std::string Words::countdown(const catalog::SessionDate& when) const {
    using Precision = catalog::SessionDate::Precision;
    const bool exact = when.precision == Precision::minute || when.precision == Precision::day;
    if (!exact || !when.first_day) {
        return {};
    }
    const auto days = (std::chrono::sys_days(*when.first_day) - std::chrono::sys_days(today_)).count();
    if (days < 0) {
        return {};
    }
    if (days == 0) {
        return messages_.text("date.today");
    }
    return days == 1 ? messages_.text("date.tomorrow")
                     : messages_.text("date.in_days", {{"days", std::to_string(days)}});
}

std::string Words::duration(std::chrono::milliseconds length) const {
    if (length < 59500ms) {
        const auto seconds = std::chrono::round<std::chrono::seconds>(length);
        return messages_.text("duration.seconds", {{"seconds", std::to_string(seconds.count())}});
    }
    const auto minutes = std::chrono::round<std::chrono::minutes>(length).count();
    if (minutes < 60) {
        return messages_.text("duration.minutes", {{"minutes", std::to_string(minutes)}});
    }
    return messages_.text("duration.hours", {{"hours", std::to_string(minutes / 60)},
                                             {"minutes", std::to_string(minutes % 60)}});
}

std::string Words::fiscal_year(std::chrono::year year) const {
    constexpr int before_reiwa = 2018;
    const int number = static_cast<int>(year);
    if (number <= before_reiwa + 1) {
        return messages_.text("date.fiscal_year", {{"year", std::to_string(number)}});
    }
    return messages_.text("date.fiscal_year_reiwa",
                          {{"year", std::to_string(number)},
                           {"reiwa", std::to_string(number - before_reiwa)}});
}

std::string clock_time(std::chrono::milliseconds at) {
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(at));
    if (clock.hours().count() > 0) {
        return fmt::format("{}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                           clock.seconds().count());
    }
    return fmt::format("{}:{:02}", clock.minutes().count(), clock.seconds().count());
}

} // namespace server::pages
