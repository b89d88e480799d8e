#include "catalog/caption_file/lines.h"

#include <algorithm>

namespace catalog::caption_file {

namespace {

constexpr std::string_view line_ends = "\r\n";
constexpr std::string_view spaces = " \t\v\f";

/// Takes a line with its end from the front of `text`, and gives it without.
std::string_view take_line(std::string_view& text) {
    const std::size_t length = std::min(text.find_first_of(line_ends), text.size());
    const std::string_view line = text.substr(0, length);
    text.remove_prefix(length);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(text.size(), 1));
    return line;
}

} // namespace

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    bool begins_block = true;
    for (std::size_t number = 1; !text.empty() && lines.size() <= most_lines; ++number) {
        const std::string_view line = trimmed(take_line(text));
        if (!line.empty()) {
            lines.push_back({line, number, begins_block});
        }
        begins_block = line.empty();
    }
    return lines;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(spaces), text.size());
    text.remove_prefix(begin);
    const std::size_t last = text.find_last_not_of(spaces);
    return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace catalog::caption_file
