#pragma once

#include "catalog/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog::text {

using CsvRow = std::vector<std::string>;

/// Reads a table (RFC 4180) whose lines may end in CRLF, LF or CR, and whose cells are separated by
/// commas, or by tabs where its first line holds a tab and no comma. Rows without any text are left out.
/// Refuses (invalid) a quoted cell that has no end, with the line where it begins.
Result<std::vector<CsvRow>> rows_of_csv(std::string_view text);

/// A line of a table that spreadsheets open: cells are quoted where they have to be (RFC 4180), and
/// one that a spreadsheet would take for a formula, also by a full-width sign, begins with an apostrophe. Ends in CRLF.
std::string csv_line(const CsvRow& cells);

/// What stands before the lines of a file that spreadsheets should read as UTF-8.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace catalog::text
