#include "catalog/text/csv.h"

#include <algorithm>

namespace catalog::text {

namespace {

/// Takes a table apart, a letter at a time.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    std::vector<CsvRow> rows() {
        while (at_ < text_.size()) {
            take(text_[at_++]);
        }
        end_row();
        return std::move(rows_);
    }

  private:
    static char separator_of(std::string_view text) {
        const auto line = text.substr(0, text.find_first_of("\r\n"));
        const bool has_tabs_alone = line.find('\t') != std::string_view::npos &&
                                    line.find(',') == std::string_view::npos;
        return has_tabs_alone ? '\t' : ',';
    }

    void take(char letter) {
        if (quoted_) {
            take_quoted(letter);
        } else if (letter == '"' && cell_.empty()) {
            quoted_ = true;
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
            rows_.push_back(std::move(row_));
        }
        row_.clear();
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    bool quoted_ = false;
    std::string cell_;
    CsvRow row_;
    std::vector<CsvRow> rows_;
};

std::string csv_cell(std::string text) {
    constexpr std::string_view begins_formula = "=+-@\t\r";
    if (!text.empty() && begins_formula.find(text.front()) != std::string_view::npos) {
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

std::vector<CsvRow> rows_of_csv(std::string_view text) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    return Reader(text).rows();
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
