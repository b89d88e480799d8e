#include "catalog/desk_table/cells.h"

#include "catalog/text/encoding.h"
#include "catalog/time/digits.h"

#include <algorithm>
#include <array>

namespace catalog::desk_table {

namespace {

constexpr std::string_view wide_blank = "　";

/// Full-width forms of ASCII (U+FF01 to U+FF5E) as ASCII.
std::string narrow(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = [&](std::size_t further) {
            return at + further < text.size() ? static_cast<unsigned char>(text[at + further]) : 0U;
        };
        const bool wide = byte(0) == 0xEFU && (byte(1) == 0xBCU || byte(1) == 0xBDU);
        const unsigned code = wide ? ((byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU)) + 0xF000U : 0U;
        if (code >= 0xFF01U && code <= 0xFF5EU) {
            plain.push_back(static_cast<char>(code - 0xFEE0U));
            at += 2;
        } else {
            plain.push_back(text[at]);
        }
    }
    return plain;
}

Error at_line(std::size_t line, const std::string& sentence) {
    return refuse(Refusal::invalid, std::to_string(line) + "行目：" + sentence);
}

Result<void> check_columns(const text::CsvLine& heads, std::span<const std::string_view> known,
                           std::span<const std::string_view> needed) {
    for (std::size_t at = 0; at < heads.cells.size(); ++at) {
        const auto& name = heads.cells[at];
        if (!name.empty() && std::ranges::find(known, name) == known.end()) {
            return at_line(heads.line, "「" + name + "」という列はありません。");
        }
        if (!name.empty() && std::ranges::count(heads.cells, name) > 1) {
            return at_line(heads.line, "「" + name + "」の列が2つあります。");
        }
    }
    for (const auto& name : needed) {
        if (std::ranges::find(heads.cells, name) == heads.cells.end()) {
            return at_line(heads.line, "「" + std::string(name) + "」の列がありません。");
        }
    }
    return {};
}

/// One or two digits.
std::optional<int> short_number(std::string_view& text) {
    if (const auto two = time::take_digits(text, 2)) {
        return two;
    }
    return time::take_digits(text, 1);
}

bool take_word(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

} // namespace

std::optional<std::string> NamedCells::find(std::string_view column) const {
    const auto found = cells.find(column);
    return found == cells.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<NamedCells>> read_named_cells(std::string_view bytes, std::span<const std::string_view> known,
                                                 std::span<const std::string_view> needed) {
    const auto decoded = text::decode(bytes);
    if (!decoded) {
        return decoded.error();
    }
    auto lines = text::lines_of_csv(decoded->text);
    if (!lines) {
        return lines.error();
    }
    if (lines->empty()) {
        return refuse(Refusal::invalid, "ファイルに何も書かれていません。");
    }
    for (auto& line : *lines) {
        std::ranges::transform(line.cells, line.cells.begin(),
                               [](const std::string& cell) { return trimmed(text::without_guard(cell)); });
    }
    const auto heads = lines->front();
    if (const auto good = check_columns(heads, known, needed); !good) {
        return good.error();
    }
    std::vector<NamedCells> named;
    for (auto line = lines->begin() + 1; line != lines->end(); ++line) {
        NamedCells row{line->line, {}};
        for (std::size_t at = 0; at < line->cells.size(); ++at) {
            const bool has_column = at < heads.cells.size() && !heads.cells[at].empty();
            if (has_column) {
                row.cells.emplace(heads.cells[at], std::move(line->cells[at]));
            } else if (!line->cells[at].empty()) {
                return at_line(line->line, "列の名前がない欄に「" + line->cells[at] + "」があります。");
            }
        }
        const bool has_text = std::ranges::any_of(row.cells, [](const auto& cell) { return !cell.second.empty(); });
        if (has_text) {
            // What a line is too short for is empty there.
            for (const auto& head : heads.cells) {
                if (!head.empty()) {
                    row.cells.try_emplace(head);
                }
            }
            named.push_back(std::move(row));
        }
    }
    return named;
}

std::optional<time::Date> date_in(std::string_view cell) {
    const auto plain = narrow(cell);
    std::string_view rest = plain;
    const auto year = time::take_digits(rest, 4);
    for (const auto& [first, second, last] :
         {std::array<std::string_view, 3>{"-", "-", ""}, {"/", "/", ""}, {"年", "月", "日"}}) {
        auto tail = rest;
        if (!year || !take_word(tail, first)) {
            continue;
        }
        const auto month = short_number(tail);
        const auto day = month && take_word(tail, second) ? short_number(tail) : std::nullopt;
        if (day && tail == last) {
            return time::parse_date(time::padded(*year, 4) + "-" + time::padded(*month, 2) + "-" +
                                    time::padded(*day, 2));
        }
    }
    return std::nullopt;
}

std::optional<std::chrono::minutes> time_of_day_in(std::string_view cell) {
    const auto plain = narrow(cell);
    std::string_view rest = plain;
    const auto hour = short_number(rest);
    const bool in_words = hour && take_word(rest, "時");
    std::optional<int> minute = in_words && rest.empty() ? std::optional(0) : std::nullopt;
    if (in_words && !minute) {
        minute = short_number(rest);
        minute = take_word(rest, "分") ? minute : std::nullopt;
    } else if (!in_words && take_word(rest, ":")) {
        minute = short_number(rest);
        // Spreadsheets add seconds.
        take_word(rest, ":00");
    }
    constexpr int last_minute = 59;
    if (!hour || !minute || !rest.empty() || *minute > last_minute) {
        return std::nullopt;
    }
    const std::chrono::minutes time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
    return time <= std::chrono::days(1) ? std::optional(time) : std::nullopt;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    for (bool shorter = true; shorter;) {
        const auto before = text.size();
        while (!text.empty() && blanks.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        }
        while (!text.empty() && blanks.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        }
        if (text.starts_with(wide_blank)) {
            text.remove_prefix(wide_blank.size());
        }
        if (text.ends_with(wide_blank)) {
            text.remove_suffix(wide_blank.size());
        }
        shorter = text.size() < before;
    }
    return std::string(text);
}

std::vector<std::string> lines_in(std::string_view cell) {
    std::vector<std::string> lines;
    while (!cell.empty()) {
        const auto end = std::min(cell.find('\n'), cell.size());
        if (auto line = trimmed(cell.substr(0, end)); !line.empty()) {
            lines.push_back(std::move(line));
        }
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return lines;
}

std::vector<std::string> words_in(std::string_view cell) {
    constexpr std::array<std::string_view, 7> separators{"、", "，", ",", ";", "；", "/", "\n"};
    std::vector<std::string> words;
    std::string word;
    const auto end = [&] {
        if (auto whole = trimmed(word); !whole.empty()) {
            words.push_back(std::move(whole));
        }
        word.clear();
    };
    while (!cell.empty()) {
        const auto found = std::ranges::find_if(separators, [cell](auto each) { return cell.starts_with(each); });
        if (found == separators.end()) {
            word.push_back(cell.front());
            cell.remove_prefix(1);
        } else {
            end();
            cell.remove_prefix(found->size());
        }
    }
    end();
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) {
        all += (all.empty() ? "" : "、") + word;
    }
    return all;
}

} // namespace catalog::desk_table
