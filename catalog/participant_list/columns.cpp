#include "catalog/participant_list/columns.h"

#include "catalog/search/folded_text.h"

#include <algorithm>
#include <vector>

namespace catalog::participant_list {

namespace {

using text::CsvRow;

/// As search compares them, without signs and blanks: 名前元の名前.
std::u32string folded(std::string_view text) {
    auto letters = search::fold(text).letters;
    std::erase(letters, U' ');
    return letters;
}

/// The first from `from` on that begins with one of `words`.
std::optional<std::size_t> position(const CsvRow& row, const std::vector<std::string>& words,
                                    std::size_t from = 0) {
    for (std::size_t at = from; at < row.size(); ++at) {
        const auto letters = folded(row[at]);
        const auto begins = [&letters](const std::string& word) {
            return letters.starts_with(folded(word));
        };
        if (std::ranges::any_of(words, begins)) {
            return at;
        }
    }
    return std::nullopt;
}

bool is_one_of(const std::string& cell, const std::vector<std::string>& words) {
    const auto same = [letters = folded(cell)](const std::string& word) {
        return letters == folded(word);
    };
    return std::ranges::any_of(words, same);
}

/// The first that is one of `words`. People may be called so that they begin with one: Namekawa.
std::optional<std::size_t> place_of(const CsvRow& row, const std::vector<std::string>& words) {
    const auto found = std::ranges::find_if(
        row, [&words](const std::string& cell) { return is_one_of(cell, words); });
    return found == row.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - row.begin()));
}

} // namespace

std::optional<Columns> Columns::in(const CsvRow& row) {
    Columns columns;
    columns.name_ = place_of(row, {"名前", "名前(元の名前)", "氏名", "Name", "Name (original name)"});
    const bool tells_of_meeting = position(row, {"トピック", "Topic"}).has_value();
    if (!columns.name_ && !tells_of_meeting) {
        columns.name_ = place_of(row, {"ユーザー名", "ユーザー名(元の名前)", "User Name",
                                       "User Name (Original Name)"});
    }
    if (!columns.name_) {
        return std::nullopt;
    }
    // In a table that repeats the host in each line, the host's address stands before the name.
    columns.address_ = position(row, {"メール", "ユーザーのメール", "Email", "E-mail", "User Email"},
                                tells_of_meeting ? *columns.name_ : 0);
    columns.waiting_ = position(row, {"待機室", "In waiting room"});
    columns.attended_ = position(row, {"出席済み", "参加済み", "Attended"});
    return columns;
}

std::string Columns::cell(const CsvRow& row, const Column& column) {
    return column && *column < row.size() ? row[*column] : std::string();
}

bool Columns::took_part(const CsvRow& row) const {
    return !is_one_of(cell(row, waiting_), {"はい", "Yes"}) &&
           !is_one_of(cell(row, attended_), {"いいえ", "No"});
}

} // namespace catalog::participant_list
