#pragma once

#include "catalog/desk_table/table_change.h"
#include "catalog/result.h"
#include "catalog/series.h"
#include "catalog/session.h"
#include "catalog/text/csv.h"
#include "catalog/time/zone.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog::desk_table {

/// The year's schedule as a table that spreadsheets open: a session a line, without its programme.
std::string sessions_csv(const std::vector<Session>& sessions, const std::vector<Series>& series,
                         const time::Zone& zone);

/// The cells of one session, as the table has them.
text::CsvRow session_cells(const Session& session, const std::vector<Series>& series, const time::Zone& zone);
const std::vector<std::string>& session_columns();

/// What a table makes of the sessions that are known.
struct SessionReading {
    std::vector<Session> changed;          ///< new ones, whose ids are empty, and changed ones; whole
    std::vector<TableChange> changes;      ///< one each, in the same order
    std::size_t unchanged = 0;             ///< lines that say what is so already
    std::vector<TableMistake> mistakes;    ///< with one, nothing is to be applied
};

/// Reads such a table. A line with an id changes that session, of which columns that are missing and the programme stay;
/// one without adds a session. Nothing is removed. Refuses what is no table of sessions at all.
Result<SessionReading> read_sessions(std::string_view bytes, const std::vector<Session>& known,
                                     const std::vector<Series>& series, const time::Zone& zone);

} // namespace catalog::desk_table
