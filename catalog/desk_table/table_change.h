#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace catalog::desk_table {

/// What is wrong with a table, and where.
struct TableMistake {
    std::size_t line;     ///< of the file, counted from 1
    std::string message;  ///< a sentence for people, without the line
    friend bool operator==(const TableMistake&, const TableMistake&) = default;
};

/// What becomes of what a table does not name.
enum class Unnamed { kept, removed };

/// A cell that becomes another.
struct CellChange {
    std::string column;
    std::string before;  ///< empty: nothing
    std::string after;
    friend bool operator==(const CellChange&, const CellChange&) = default;
};

/// What a line of a table would change.
struct TableChange {
    enum class Kind { added, changed, removed };
    std::size_t line = 0;  ///< 0: no line names it, which is why it goes
    Kind kind = Kind::changed;
    std::string title;
    std::vector<CellChange> cells;
    friend bool operator==(const TableChange&, const TableChange&) = default;
};

} // namespace catalog::desk_table
