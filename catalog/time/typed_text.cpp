#include "catalog/time/typed_text.h"

#include <array>
#include <optional>

namespace catalog::time {

namespace {

/// Letters of three bytes each, from `first` on, that stand for others.
constexpr std::string_view full_width_first = "！"; // U+FF01, for '!' and so on to '~'
constexpr int full_width_count = 94;
constexpr std::string_view weekday_first = "㈪"; // U+322A, Monday
constexpr std::array<std::string_view, 7> weekdays{"(月)", "(火)", "(水)", "(木)", "(金)", "(土)", "(日)"};
constexpr std::array<std::string_view, 7> waves{"〜", "–", "—", "―", "−", "‐", "ー"};

constexpr std::size_t letter_bytes = 3;

/// The code of a letter of three bytes.
int code_of(std::string_view letter) {
    const auto bits = [letter](std::size_t at) { return static_cast<unsigned char>(letter[at]) & 0x3F; };
    return (static_cast<unsigned char>(letter[0]) & 0x0F) << 12 | bits(1) << 6 | bits(2);
}

/// What a letter of three bytes stands for; nothing where it is itself.
std::optional<std::string> meaning_of(std::string_view letter) {
    for (const auto wave : waves) {
        if (letter == wave) {
            return "~";
        }
    }
    if (letter == "　") {
        return " ";
    }
    const int code = code_of(letter);
    if (const int at = code - code_of(weekday_first); at >= 0 && at < 7) {
        return std::string(weekdays.at(static_cast<std::size_t>(at)));
    }
    if (const int at = code - code_of(full_width_first); at >= 0 && at < full_width_count) {
        return std::string(1, static_cast<char>('!' + at));
    }
    return std::nullopt;
}

char small(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

} // namespace

std::string typed_text(std::string_view text) {
    std::string typed;
    for (std::size_t at = 0; at < text.size();) {
        const bool is_of_three = (static_cast<unsigned char>(text[at]) & 0xF0) == 0xE0 &&
                                 at + letter_bytes <= text.size();
        const auto letter = text.substr(at, is_of_three ? letter_bytes : 1);
        std::string meant = is_of_three ? meaning_of(letter).value_or(std::string(letter))
                                        : std::string(letter);
        if (meant.size() == 1) {
            const char one = small(meant.front());
            meant = one == '\t' || one == '\r' || one == '\n' ? ' ' : one;
        }
        typed += meant;
        at += letter.size();
    }
    const auto begin = typed.find_first_not_of(' ');
    return begin == std::string::npos ? std::string() : typed.substr(begin);
}

} // namespace catalog::time
