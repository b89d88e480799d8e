#pragma once

#include "catalog/text/csv.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace catalog::participant_list {

/// Where a table of participants has what is read of it. Zoom's columns in its two languages:
/// 名前(元の名前), Name (original name), of a webinar ユーザー名(元の名前), User Name (Original Name);
/// メール, ユーザーのメール, Email, User Email; 待機室, In waiting room; 出席済み, 参加済み, Attended.
class Columns {
  public:
    /// Nothing where `row` has no column of names, or tells of the meeting: its host has one too.
    static std::optional<Columns> in(const text::CsvRow& row);

    std::string name(const text::CsvRow& row) const { return cell(row, name_); }
    /// Empty where there is none.
    std::string address(const text::CsvRow& row) const { return cell(row, address_); }
    /// Whether it says that they came, and were let in.
    bool took_part(const text::CsvRow& row) const;

  private:
    using Column = std::optional<std::size_t>;
    static std::string cell(const text::CsvRow& row, const Column& column);

    Column name_;
    Column address_;
    Column waiting_;
    Column attended_;
};

} // namespace catalog::participant_list
