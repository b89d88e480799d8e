#include "transcoder/timed_text/plain.h"

#include <algorithm>

namespace transcoder::timed_text {

namespace {

using Markup = av::TextDecoder::Markup;

/// The character that `text` begins with and its bytes are taken off; none where it begins with no
/// UTF-8: a stray byte, one that is longer than it need be, a half of a pair (RFC 3629).
std::optional<char32_t> take_character(std::string_view& text) {
    const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto first = byte(0);
    const std::size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3
                                                                      : first < 0xf5 ? 4 : 0;
    if (size == 0 || size > text.size())
        return std::nullopt;
    char32_t character = size == 1 ? first : first & (0xffU >> (size + 1));
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xc0) != 0x80)
            return std::nullopt;
        character = (character << 6) | (byte(at) & 0x3fU);
    }
    const bool too_long = (size == 3 && character < 0x800) || (size == 4 && character < 0x10000);
    if (too_long || character > 0x10ffff || (character >= 0xd800 && character < 0xe000))
        return std::nullopt;
    text.remove_prefix(size);
    return character;
}

bool is_control(char32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0xfeff;
}

bool ends_a_line(char32_t character) {
    return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
}

void trim(std::string& line) {
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
}

/// An override code, with its braces.
class Code {
  public:
    explicit Code(std::string_view code) : code_(code) {}

    /// Whether what follows is a drawing (`\p1`) or text again (`\p0`), where it says.
    std::optional<bool> draws() const {
        std::optional<bool> draws;
        for (std::size_t at = code_.find("\\p"); at != std::string_view::npos;
             at = code_.find("\\p", at + 1))
            if (const char digit = at + 2 < code_.size() ? code_[at + 2] : ' ';
                digit >= '0' && digit <= '9')
                draws = digit != '0';
        return draws;
    }

  private:
    std::string_view code_;
};

/// The code that `text` begins with; empty where it begins with none.
std::string_view code_at(std::string_view text, Markup markup) {
    const bool opens = text.starts_with('{') && (markup == Markup::ass || text.starts_with("{\\"));
    const auto end = opens ? text.find('}') : std::string_view::npos;
    return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

/// What stands for the two characters that `text` begins with, the first a backslash; none where they
/// stand for themselves.
std::optional<std::string_view> meaning(std::string_view text, Markup markup) {
    const char second = text.size() > 1 ? text[1] : ' ';
    if (second == 'N' || (second == 'n' && markup == Markup::ass))
        return "\n";
    if (second == 'h' && markup == Markup::ass)
        return " ";
    if (second == '{' || second == '}' || (second == '\\' && markup == Markup::escaped))
        return text.substr(1, 1);
    return std::nullopt;
}

/// What libav puts behind a backslash of WebVTT, that it may not be taken for a code.
constexpr std::string_view word_joiner = "\xe2\x81\xa0";

std::string_view text_of(std::string_view event) {
    constexpr int fields = 8;
    for (int field = 0; field < fields; ++field) {
        const auto comma = event.find(',');
        if (comma == std::string_view::npos)
            return {};
        event.remove_prefix(comma + 1);
    }
    return event;
}

} // namespace

std::optional<std::string> cleaned(std::string_view text) {
    std::string result;
    std::string line;
    const auto end_line = [&result, &line] {
        trim(line);
        if (!line.empty())
            result += (result.empty() ? "" : "\n") + line;
        line.clear();
    };
    while (!text.empty()) {
        const auto before = text;
        const auto character = take_character(text);
        if (!character)
            return std::nullopt;
        if (ends_a_line(*character))
            end_line();
        else if (*character == '\t')
            line += ' ';
        else if (!is_control(*character))
            line += before.substr(0, before.size() - text.size());
    }
    end_line();
    return result;
}

std::string without_codes(std::string_view event, Markup markup) {
    auto text = text_of(event);
    std::string result;
    bool draws = false;
    while (!text.empty()) {
        std::size_t taken = 1;
        std::string_view said = text.substr(0, 1);
        if (const auto code = code_at(text, markup); !code.empty()) {
            draws = Code(code).draws().value_or(draws);
            taken = code.size();
            said = {};
        } else if (const auto meant = text.front() == '\\' ? meaning(text, markup) : std::nullopt) {
            taken = 2;
            said = *meant;
        } else if (text.front() == '\\' && text.substr(1).starts_with(word_joiner)) {
            taken = 1 + word_joiner.size();
        }
        if (!draws)
            result += said;
        text.remove_prefix(taken);
    }
    return result;
}

} // namespace transcoder::timed_text
