#include "catalog/participant_list/columns.h"

#include "catalog/search/folded_text.h"

#include <algorithm>
#include <initializer_list>
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

/// Words of a list's heads, folded.
class Words {
  public:
    Words(std::initializer_list<std::string_view> words) {
        for (const auto word : words) {
            folded_.push_back(folded(word));
        }
    }
    auto begin() const { return folded_.begin(); }
    auto end() const { return folded_.end(); }

  private:
    std::vector<std::u32string> folded_;
};

/// A row of heads has no more cells, by far: Zoom's have about twenty.
constexpr std::size_t most_heads = 100;

/// The first from `from` on that begins with one of `words`.
std::optional<std::size_t> position(const CsvRow& row, const Words& words, std::size_t from = 0) {
    for (std::size_t at = from; at < row.size(); ++at) {
        const auto letters = folded(row[at]);
        const auto begins = [&letters](const std::u32string& word) { return letters.starts_with(word); };
        if (std::ranges::any_of(words, begins)) {
            return at;
        }
    }
    return std::nullopt;
}

bool is_one_of(const std::string& cell, const Words& words) {
    const auto same = [letters = folded(cell)](const std::u32string& word) { return letters == word; };
    return std::ranges::any_of(words, same);
}

/// The first that is one of `words`. People may be called so that they begin with one: Namekawa.
std::optional<std::size_t> place_of(const CsvRow& row, const Words& words) {
    const auto found = std::ranges::find_if(
        row, [&words](const std::string& cell) { return is_one_of(cell, words); });
    return found == row.end() ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - row.begin()));
}

} // namespace

std::optional<Columns> Columns::in(const CsvRow& row) {
    static const Words names{"名前", "名前(元の名前)", "氏名", "Name", "Name (original name)"};
    static const Words names_of_users{"ユーザー名", "ユーザー名(元の名前)", "User Name", "User Name (Original Name)"};
    static const Words topics{"トピック", "Topic"};
    static const Words addresses{"メール", "ユーザーのメール", "Email", "E-mail", "User Email"};
    static const Words waiting{"待機室", "In waiting room"};
    static const Words attended{"出席済み", "参加済み", "Attended"};
    if (row.size() > most_heads) {
        return std::nullopt;
    }
    Columns columns;
    columns.name_ = place_of(row, names);
    const bool tells_of_meeting = position(row, topics).has_value();
    if (!columns.name_ && !tells_of_meeting) {
        columns.name_ = place_of(row, names_of_users);
    }
    if (!columns.name_) {
        return std::nullopt;
    }
    // In a table that repeats the host in each line, the host's address stands before the name.
    columns.address_ = position(row, addresses, tells_of_meeting ? *columns.name_ : 0);
    columns.waiting_ = position(row, waiting);
    columns.attended_ = position(row, attended);
    return columns;
}

std::string Columns::cell(const CsvRow& row, const Column& column) {
    return column && *column < row.size() ? row[*column] : std::string();
}

bool Columns::took_part(const CsvRow& row) const {
    static const Words yes{"はい", "Yes"};
    static const Words no{"いいえ", "No"};
    return !is_one_of(cell(row, waiting_), yes) && !is_one_of(cell(row, attended_), no);
}

} // namespace catalog::participant_list
