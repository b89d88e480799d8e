#include "catalog/attendance.h"

#include "catalog/csv.h"
#include "catalog/encoding.h"
#include "catalog/named_values.h"
#include "catalog/search/folded_text.h"

#include <algorithm>
#include <array>
#include <set>

namespace catalog {

namespace {

constexpr std::array<NamedValue<WayToAttend>, 2> ways{{
    {WayToAttend::venue, "venue"},
    {WayToAttend::zoom, "zoom"},
}};

/// As names are compared: 青ケ島村 is written with either of two letters.
std::u32string folded(std::string_view text) {
    auto letters = search::fold(text).letters;
    std::ranges::replace(letters, U'ゖ', U'け');
    return letters;
}

bool begins_with_any(const std::string& cell, const std::vector<std::u32string>& words) {
    const auto letters = folded(cell);
    return std::ranges::any_of(words, [&letters](const auto& word) { return letters.starts_with(word); });
}

/// Where the columns are. Zoom writes 名前(元の名前) and Name (Original Name) too.
struct Columns {
    std::size_t name;
    std::optional<std::size_t> address;
};

std::optional<Columns> columns_in(const CsvRow& row) {
    const std::vector<std::u32string> names{folded("名前"), folded("氏名"), folded("Name")};
    const std::vector<std::u32string> addresses{folded("メール"), folded("ユーザーのメール"),
                                                folded("Email"), folded("User Email")};
    const auto position = [&row](const auto& words) -> std::optional<std::size_t> {
        const auto is_it = [&words](const auto& cell) { return begins_with_any(cell, words); };
        const auto found = std::ranges::find_if(row, is_it);
        return found == row.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(found - row.begin()));
    };
    const auto name = position(names);
    return name ? std::optional(Columns{*name, position(addresses)}) : std::nullopt;
}

struct KnownName {
    std::u32string name;
    std::string code;
};

/// The municipality whose name stands in `name`. Nothing where none does, or more than one.
std::optional<std::string> municipality_in(const std::string& name,
                                           const std::vector<KnownName>& known) {
    const auto letters = folded(name);
    std::optional<std::string> found;
    for (const auto& each : known) {
        if (letters.find(each.name) == std::u32string::npos) {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        found = each.code;
    }
    return found;
}

std::string cell_of(const CsvRow& row, std::size_t column) {
    return column < row.size() ? row[column] : std::string();
}

/// Counts each participant once.
Participants counted(const std::vector<CsvRow>& rows, std::size_t first, const Columns& columns,
                     const std::vector<KnownName>& known) {
    Participants participants;
    std::set<std::u32string> seen;
    for (std::size_t at = first; at < rows.size(); ++at) {
        const auto name = cell_of(rows[at], columns.name);
        const auto address =
            columns.address ? cell_of(rows[at], *columns.address) : std::string();
        if (name.empty() || !seen.insert(folded(address.empty() ? name : address)).second) {
            continue;
        }
        if (const auto code = municipality_in(name, known)) {
            ++participants.matched[*code];
        } else {
            participants.unmatched.push_back(name);
        }
    }
    return participants;
}

} // namespace

std::string_view to_text(WayToAttend way) { return name_of(ways, way); }

std::optional<WayToAttend> way_to_attend_from_text(std::string_view text) {
    return value_named(ways, text);
}

Result<Participants> read_participants(std::string_view list,
                                       const std::vector<Municipality>& municipalities) {
    const auto text = utf8_of(list);
    if (!text) {
        return refuse(Refusal::invalid, "文字を読めません。UTF-8かシフトJISのCSVを選んでください。");
    }
    const auto rows = rows_of_csv(*text);
    std::vector<KnownName> known;
    for (const auto& municipality : municipalities) {
        known.push_back({folded(municipality.name), municipality.code});
    }
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (const auto columns = columns_in(rows[at])) {
            return counted(rows, at + 1, *columns, known);
        }
    }
    return refuse(Refusal::invalid, "「名前」の列が見つかりません。Zoomの参加者のCSVを選んでください。");
}

} // namespace catalog
