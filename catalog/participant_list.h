#pragma once

#include "catalog/attendance.h"
#include "catalog/municipality.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// A participant of whom no municipality is known for sure.
struct Unmatched {
    std::string name;                     ///< as Zoom has it
    std::optional<std::string> proposed;  ///< the code of the one that may be meant

    friend bool operator==(const Unmatched&, const Unmatched&) = default;
};

/// Zoom's list of participants by municipality.
struct Participants {
    AttendanceCounts matched;
    std::vector<Unmatched> unmatched;

    friend bool operator==(const Participants&, const Participants&) = default;
};

/// Reads a list of participants as Zoom saves it, in Japanese or English and in any encoding of
/// text/encoding.h: of a meeting, with or without lines about it above, each entry or each person; of
/// a webinar, with its parts one below the other (participant_list/columns.h). Who came back after the
/// line was lost stands in it several times and counts once: by the address where there is one, else by
/// the name. Who only waited to be let in, or registered and did not come, does not count.
/// Which municipality it is: participant_list/municipality_names.h.
/// Refuses (invalid) a text in none of the encodings, one without a column of names, one with a quote
/// that has no end, and one with nobody in it; too_large one of more than 20,000 lines.
Result<Participants> read_participants(std::string_view list,
                                       const std::vector<Municipality>& municipalities);

} // namespace catalog
