#pragma once

#include "catalog/result.h"
#include "catalog/session.h"
#include "catalog/time/zone.h"

#include <chrono>
#include <optional>
#include <string>

namespace catalog {

/// When a session is, as people fill it in: days, times of the first day, and words for what is not known better.
struct SaidDate {
    std::optional<time::Date> first_day;
    std::optional<time::Date> last_day;
    std::optional<std::chrono::minutes> reception;
    std::optional<std::chrono::minutes> start;
    std::optional<std::chrono::minutes> end;
    std::string label;

    friend bool operator==(const SaidDate&, const SaidDate&) = default;
};

/// The date that is said; how precise it is follows from what was filled in.
/// Refuses (invalid) a last day without a first one or not after it, times without a day, without a start, of several
/// days, or in the wrong order.
Result<SessionDate> session_date(const SaidDate& said, const time::Zone& zone);

SaidDate said_date(const SessionDate& when, const time::Zone& zone);

} // namespace catalog
