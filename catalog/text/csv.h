#pragma once

#include "catalog/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::text {

using CsvRow = std::vector<std::string>;

/// A row, and the line of the file on which it begins (counted from 1).
struct CsvLine {
    std::size_t line = 0;
    CsvRow cells;
    friend bool operator==(const CsvLine&, const CsvLine&) = default;
};

/// As `rows_of_csv`, with lines.
Result<std::vector<CsvLine>> lines_of_csv(std::string_view text);

/// Reads a table (RFC 4180) whose lines may end in CRLF, LF or CR, and whose cells are separated by
/// commas, or by tabs where its first line holds a tab and no comma. Rows without any text are left out.
/// Refuses (invalid) a quoted cell that has no end, with the line where it begins.
Result<std::vector<CsvRow>> rows_of_csv(std::string_view text);

/// A line of a table that spreadsheets open: cells are quoted where they have to be (RFC 4180), and
/// one that a spreadsheet would take for a formula, also by a full-width sign, begins with an apostrophe. Ends in CRLF.
std::string csv_line(const CsvRow& cells);

/// What a cell held before `csv_line` wrote it: without the apostrophe that keeps it from being a formula.
std::string without_guard(std::string cell);

/// What stands before the lines of a file that spreadsheets should read as UTF-8.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace catalog::text
