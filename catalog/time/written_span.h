#pragma once

#include "catalog/result.h"
#include "catalog/time/zone.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace catalog::time {

/// A day as somebody wrote it, and the time of day where one was said (24:00 is the day's end).
struct WrittenTime {
    Date day;
    std::optional<std::chrono::minutes> time_of_day;
    friend bool operator==(const WrittenTime&, const WrittenTime&) = default;
};

/// What a notice says of a span: 6月29日(火)〜12月28日(火), 7月27日から, 6月28日(月)17時まで.
struct WrittenSpan {
    std::optional<WrittenTime> from;
    std::optional<WrittenTime> until;
    std::optional<WrittenTime> day;  ///< where it names one day and neither から nor まで
    friend bool operator==(const WrittenSpan&, const WrittenSpan&) = default;
};

/// Reads it however it is typed: 令和3年, R3.6.29, 2021/6/29, full-width digits, 午後5時. A year that is not written is that
/// of the fiscal year of `today`; an end's is the first after its beginning, a beginning's the last before its end.
/// Refuses (invalid) what is no span, a day that no calendar has, and a weekday that is not the day's, with the right one named.
Result<WrittenSpan> read_written_span(std::string_view text, Date today);

} // namespace catalog::time
