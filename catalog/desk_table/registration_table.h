#pragma once

#include "catalog/desk_table/table_change.h"
#include "catalog/municipality.h"
#include "catalog/result.h"
#include "catalog/series.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog::desk_table {

/// What registrations are read against.
struct KnownRegistrations {
    std::vector<Registration> registrations;
    std::vector<Municipality> municipalities;
    std::vector<Series> series;
};

/// Which department takes part in what, as a table that spreadsheets open: a registration a line.
std::string registrations_csv(const KnownRegistrations& known);

/// What a table makes of the registrations that are known.
struct RegistrationReading {
    std::vector<Registration> added;
    std::vector<Registration> removed;
    std::vector<TableChange> changes;    ///< of both; those that go have no line
    std::size_t unchanged = 0;
    std::vector<TableMistake> mistakes;  ///< with one, nothing is to be applied
};

/// Reads such a table. A municipality may be said by its code, its name, or both. Refuses what is no such table at all.
Result<RegistrationReading> read_registrations(std::string_view bytes, const KnownRegistrations& known, Unnamed unnamed);

} // namespace catalog::desk_table
