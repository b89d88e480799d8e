#include "catalog/text/csv.h"

#include <algorithm>
#include <array>

namespace catalog::text {

namespace {

/// Takes a table apart, a letter at a time.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    Result<std::vector<CsvLine>> lines() {
        while (at_ < text_.size()) {
            take(text_[at_++]);
        }
        if (quoted_) {
            return refuse(Refusal::invalid, std::to_string(line_of(quoted_at_)) +
                                                "行目の「\"」が閉じていません。");
        }
        end_row();
        return {boost::system::in_place_value, std::move(lines_)};
    }

  private:
    static char separator_of(std::string_view text) {
        const auto line = text.substr(0, text.find_first_of("\r\n"));
        const bool has_tabs_alone = line.find('\t') != std::string_view::npos &&
                                    line.find(',') == std::string_view::npos;
        return has_tabs_alone ? '\t' : ',';
    }

    /// Counted from 1; CRLF ends one line.
    std::size_t line_of(std::size_t place) const {
        std::size_t line = 1;
        for (std::size_t at = 0; at < place; ++at) {
            const bool ends = text_[at] == '\n' || (text_[at] == '\r' && text_.substr(at + 1, 1) != "\n");
            line += ends ? 1 : 0;
        }
        return line;
    }

    void take(char letter) {
        if (quoted_) {
            take_quoted(letter);
        } else if (letter == '"' && cell_.empty()) {
            quoted_ = true;
            quoted_at_ = at_;
        } else if (letter == separator_) {
            end_cell();
        } else if (letter == '\n' || letter == '\r') {
            end_row();
        } else {
            cell_.push_back(letter);
        }
    }

    void take_quoted(char letter) {
        if (letter != '"') {
            cell_.push_back(letter);
            const bool ends = letter == '\n' || (letter == '\r' && (at_ >= text_.size() || text_[at_] != '\n'));
            line_breaks_inside_ += ends ? 1 : 0;
        } else if (at_ < text_.size() && text_[at_] == '"') {
            cell_.push_back(text_[at_++]);
        } else {
            quoted_ = false;
        }
    }

    void end_cell() {
        row_.push_back(std::move(cell_));
        cell_.clear();
    }

    void end_row() {
        end_cell();
        if (std::ranges::any_of(row_, [](const std::string& cell) { return !cell.empty(); })) {
            lines_.push_back({line_, std::move(row_)});
        }
        row_.clear();
        // CRLF is one end of a line: its second half begins no row.
        const bool goes_on = at_ < text_.size() && text_[at_ - 1] == '\r' && text_[at_] == '\n';
        if (goes_on) {
            ++at_;
        }
        line_ += 1 + line_breaks_inside_;
        line_breaks_inside_ = 0;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    bool quoted_ = false;
    std::size_t quoted_at_ = 0;
    std::string cell_;
    CsvRow row_;
    std::size_t line_ = 1;
    std::size_t line_breaks_inside_ = 0;  ///< of the row so far
    std::vector<CsvLine> lines_;
};

constexpr std::array<std::string_view, 11> formulas{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

bool looks_like_formula(std::string_view cell) {
    return std::ranges::any_of(formulas, [cell](std::string_view begin) { return cell.starts_with(begin); });
}

std::string csv_cell(std::string text) {
    if (looks_like_formula(text)) {
        text.insert(0, 1, '\'');
    }
    if (text.find_first_of("\",\r\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char letter : text) {
        quoted.append(letter == '"' ? 2 : 1, letter);
    }
    return quoted + '"';
}

} // namespace

Result<std::vector<CsvLine>> lines_of_csv(std::string_view text) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    return Reader(text).lines();
}

Result<std::vector<CsvRow>> rows_of_csv(std::string_view text) {
    auto lines = lines_of_csv(text);
    if (!lines) {
        return lines.error();
    }
    std::vector<CsvRow> rows;
    for (auto& line : *lines) {
        rows.push_back(std::move(line.cells));
    }
    return rows;
}

std::string without_guard(std::string cell) {
    if (cell.starts_with('\'') && looks_like_formula(std::string_view(cell).substr(1))) {
        cell.erase(0, 1);
    }
    return cell;
}

std::string csv_line(const CsvRow& cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (&cell != &cells.front()) {
            line.push_back(',');
        }
        line.append(csv_cell(cell));
    }
    return line + "\r\n";
}

} // namespace catalog::text
