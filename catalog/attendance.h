#pragma once

#include "catalog/municipality.h"
#include "catalog/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// Zoom's list of participants by municipality.
struct Participants {
    AttendanceCounts matched;
    std::vector<std::string> unmatched;  ///< names in which no municipality, or more than one, stands

    friend bool operator==(const Participants&, const Participants&) = default;
};

/// Reads a list of participants as Zoom saves it (名前 or Name, メール or Email; lines may stand before
/// the columns' names), UTF-8 or CP932. Who came back after the line was lost stands in it several times
/// and counts once: by the address where there is one, else by the name.
/// Refuses (invalid) a text in neither encoding, and one without a column of names.
Result<Participants> read_participants(std::string_view list,
                                       const std::vector<Municipality>& municipalities);

} // namespace catalog
