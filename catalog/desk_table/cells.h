#pragma once

#include "catalog/desk_table/table_change.h"
#include "catalog/result.h"
#include "catalog/text/csv.h"
#include "catalog/time/zone.h"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::desk_table {

/// A line of a table, its cells by the names of their columns: without blanks around them, and without what keeps a
/// spreadsheet from computing them.
struct NamedCells {
    std::size_t line = 0;
    std::map<std::string, std::string, std::less<>> cells;

    /// Nothing where the table has no such column.
    std::optional<std::string> find(std::string_view column) const;
    /// Empty where it has none.
    std::string operator[](std::string_view column) const { return find(column).value_or(""); }
};

/// Reads a table whose first line names its columns, in any order, in any encoding that offices write.
/// Refuses (invalid) what is no table, a first line without a column of `needed`, one that knows a column which is not in
/// `known`, or the same twice; and a line that has more cells than there are columns. Each names its line.
Result<std::vector<NamedCells>> read_named_cells(std::string_view bytes, std::span<const std::string_view> known,
                                                 std::span<const std::string_view> needed);

/// "2021-10-29", "2021/10/29", "2021年10月29日", in digits of either width.
std::optional<time::Date> date_in(std::string_view cell);
/// "13:30", "9:05", "13時30分", likewise; up to 24:00.
std::optional<std::chrono::minutes> time_of_day_in(std::string_view cell);
/// Without blanks around it, also full-width ones.
std::string trimmed(std::string_view text);
/// Lines of a cell that has several, without blank ones.
std::vector<std::string> lines_in(std::string_view cell);
/// Words between 、 , ; / or line breaks.
std::vector<std::string> words_in(std::string_view cell);
std::string joined(const std::vector<std::string>& words);

} // namespace catalog::desk_table
