#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace catalog::media {

/// Whole lines of a text, one after the other: a last line without its newline is not there.
class LineReader {
  public:
    explicit LineReader(std::string_view text) : rest_(text) {}

    /// The next line without its newline; nothing at the end.
    std::optional<std::string_view> next() {
        const auto end = rest_.find('\n');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const auto line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }

    /// What the next line has after `prefix`; nothing, and the line still to come, where it starts
    /// otherwise.
    std::optional<std::string_view> next_after(std::string_view prefix) {
        if (!rest_.starts_with(prefix)) {
            return std::nullopt;
        }
        const auto before = rest_;
        const auto line = next();
        if (!line || line->size() < prefix.size()) {
            rest_ = before;
            return std::nullopt;
        }
        return line->substr(prefix.size());
    }

    std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

/// A number in decimal digits and nothing else.
template <class Number> std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

} // namespace catalog::media
