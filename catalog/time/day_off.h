#pragma once

#include "catalog/time/zone.h"

#include <optional>
#include <string_view>

namespace catalog::time {

/// Why town halls are closed on a day.
struct DayOff {
    enum class Kind { saturday, sunday, holiday, year_end };
    Kind kind;
    std::string_view holiday;  ///< its name, where it is one: 勤労感謝の日

    friend bool operator==(const DayOff&, const DayOff&) = default;
};

/// Nothing of a day on which they are open. The year's end (29 December to 3 January) comes before a holiday,
/// that before a weekend. Holidays are Japan's (国民の祝日に関する法律), right from 2016 to 2099 as the law stands.
std::optional<DayOff> day_off(Date day);

std::string_view to_text(DayOff::Kind kind);  ///< "saturday", "sunday", "holiday", "year_end"

} // namespace catalog::time
