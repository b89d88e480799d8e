#pragma once

#include "catalog/municipality.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// How people took part in a session while it was held.
enum class WayToAttend { venue, zoom };
std::string_view to_text(WayToAttend way);
std::optional<WayToAttend> way_to_attend_from_text(std::string_view text);

/// How many came, by the municipality's code.
using AttendanceCounts = std::map<std::string, int>;

/// How many of a department took part in one way; `name` is empty where only the municipality is known.
struct Attendance {
    Department department;
    WayToAttend way = WayToAttend::venue;
    int count = 0;

    friend bool operator==(const Attendance&, const Attendance&) = default;
};

} // namespace catalog
