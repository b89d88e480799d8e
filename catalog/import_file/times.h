#pragma once

#include "catalog/availability_window.h"
#include "catalog/import_file/field.h"
#include "catalog/session.h"
#include "catalog/time/zone.h"

#include <optional>

namespace catalog::import_file {

/// A day, "2021-06-29". Notes a mistake where the text names none.
std::optional<time::Date> read_date(const Field& field);

/// An instant: RFC 3339, a day (its beginning in `zone`), or an object that says one of these as
/// `jst`, as `utc`, or as both, which then must agree.
std::optional<UtcTime> read_instant(const Field& field, const time::Zone& zone);

/// A window by days (`fromDate`, `untilDateInclusive`), by instants (`opens`, `closesExclusive`), or
/// by both, which then must agree. Nothing where there is none, or none that can be.
std::optional<AvailabilityWindow> read_window(const Field& field, const time::Zone& zone);

/// When a session is, as precisely as the file says.
SessionDate read_session_date(const Field& field, const time::Zone& zone);

/// Notes a mistake where a stated weekday is not that of the date beside it.
void check_weekday(const Field& weekday, std::optional<time::Date> date);

} // namespace catalog::import_file
