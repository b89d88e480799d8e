#pragma once

#include "catalog/time/utc_time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace catalog::time {

using Date = std::chrono::year_month_day;

/// A date and a time of day as a clock on the wall of a zone shows them.
struct LocalTime {
    Date date;
    std::chrono::milliseconds time_of_day;  ///< since 00:00
    friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

/// A time zone by its IANA name. Cheap to copy. The only door to the zone database.
class Zone {
  public:
    /// Nothing where the database does not know the name.
    static std::optional<Zone> named(std::string_view name);

    /// The instant at which `local` is shown; the earlier one where a clock shows it twice, the
    /// end of the gap where it never does.
    UtcTime to_utc(const LocalTime& local) const;
    LocalTime to_local(UtcTime instant) const;
    UtcTime start_of_day(Date date) const { return to_utc({date, {}}); }
    const std::string& name() const { return name_; }

  private:
    Zone(const date::time_zone* zone, std::string name);
    const date::time_zone* zone_;
    std::string name_;
};

/// Reads "2021-06-29". Nothing where the text is none or names no day of the calendar.
std::optional<Date> parse_date(std::string_view text);
std::string format_date(Date date);
std::chrono::weekday weekday_of(Date date);
/// The fiscal year (April to March) that a day lies in: 2022-03-31 lies in 2021.
std::chrono::year fiscal_year_of(Date date);

} // namespace catalog::time
