#pragma once

#include "catalog/desk_table/table_change.h"
#include "catalog/result.h"
#include "catalog/session.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog::desk_table {

/// The programmes of sessions as a table that spreadsheets open: an item a line, in their order.
std::string programmes_csv(const std::vector<Session>& sessions);

/// What a table makes of the programmes that are known.
struct ProgrammeReading {
    std::vector<Session> changed;        ///< sessions with another programme; whole
    std::vector<TableChange> changes;    ///< of their items; those that go have no line
    std::size_t unchanged = 0;           ///< lines that say what is so already
    std::vector<TableMistake> mistakes;  ///< with one, nothing is to be applied
};

/// Reads such a table. A session may be said by its id or by its title, where that is one's alone. An item with an id is
/// changed, of which columns that are missing stay; one without is added, and gets its id here. Items stand in the order of
/// the lines, or of 順 where it is said; a line without it stands behind the one above. Of the sessions that it names, items
/// that it does not name stay behind those that they followed, or go; other sessions stay. Refuses what is no such table at all.
Result<ProgrammeReading> read_programmes(std::string_view bytes, const std::vector<Session>& known, Unnamed unnamed);

} // namespace catalog::desk_table
