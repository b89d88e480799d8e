#include "catalog/search/folded_text.h"

#include <utf8proc.h>

#include <array>

namespace catalog::search {

namespace {

constexpr char32_t blank = U' ';
constexpr char32_t line_break = U'\n';

bool is_mark(char32_t letter) {
    // The two of half-width katakana are letters to Unicode: ｾﾞ is one sound all the same.
    if (letter == U'\uFF9E' || letter == U'\uFF9F') {
        return true;
    }
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(letter));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

bool is_searched_for(char32_t letter) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(letter))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

char32_t as_hiragana(char32_t letter) {
    constexpr char32_t distance = U'ァ' - U'ぁ';
    return letter >= U'ァ' && letter <= U'ヶ' ? letter - distance : letter;
}

/// The letter at `at`, and how many bytes it takes.
struct Letter {
    char32_t code;
    std::size_t bytes;
};

Letter letter_at(std::string_view text, std::size_t at) {
    utf8proc_int32_t code = 0;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
    const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    return length > 0 ? Letter{static_cast<char32_t>(code), static_cast<std::size_t>(length)}
                      : Letter{blank, 1};
}

/// Adds one letter with its marks, folded.
void add_folded(std::string_view cluster, Place place, FoldedText& folded) {
    utf8proc_uint8_t* raw = nullptr;
    const auto options = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(cluster.data()),
                                     static_cast<utf8proc_ssize_t>(cluster.size()), &raw, options);
    if (length < 0) {
        folded.letters.push_back(blank);
        folded.places.push_back(place);
        return;
    }
    const std::string text(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
    std::free(raw);
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = letter_at(text, at);
        at += letter.bytes;
        folded.letters.push_back(is_searched_for(letter.code) ? as_hiragana(letter.code) : blank);
        folded.places.push_back(place);
    }
}

/// Takes line breaks out that lie between two Japanese letters; others are blanks.
FoldedText without_breaks(const FoldedText& folded) {
    FoldedText joined;
    const auto& letters = folded.letters;
    for (std::size_t at = 0; at < letters.size(); ++at) {
        char32_t letter = letters[at];
        if (letter == line_break) {
            const bool is_inside = !joined.letters.empty() && at + 1 < letters.size() &&
                                   is_written_without_blanks(joined.letters.back()) &&
                                   is_written_without_blanks(letters[at + 1]);
            if (is_inside) {
                continue;
            }
            letter = blank;
        }
        joined.letters.push_back(letter);
        joined.places.push_back(folded.places[at]);
    }
    return joined;
}

/// The word C02, with a zero, is CO2; other words that hold it stay.
void mend_carbon_dioxide(std::u32string& letters) {
    constexpr std::u32string_view mistyped = U"c02";
    const auto is_outside = [&letters](std::size_t at) {
        return at >= letters.size() || letters[at] == blank || is_written_without_blanks(letters[at]);
    };
    for (auto at = letters.find(mistyped); at != std::u32string::npos;
         at = letters.find(mistyped, at + 1)) {
        if (is_outside(at - 1) && is_outside(at + mistyped.size())) {
            letters[at + 1] = U'o';
        }
    }
}

void append_utf8(std::string& text, char32_t letter) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(letter), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

/// Letters `[begin, end)` of one kind, without a blank between them.
struct Run {
    std::size_t begin;
    std::size_t end;
};

std::vector<Run> runs_of(const std::u32string& letters) {
    std::vector<Run> runs;
    for (std::size_t at = 0; at < letters.size();) {
        if (letters[at] == blank) {
            ++at;
            continue;
        }
        const bool kind = is_written_without_blanks(letters[at]);
        std::size_t end = at + 1;
        while (end < letters.size() && letters[end] != blank &&
               is_written_without_blanks(letters[end]) == kind) {
            ++end;
        }
        runs.push_back({at, end});
        at = end;
    }
    return runs;
}

} // namespace

bool is_written_without_blanks(char32_t letter) {
    return letter >= 0x2E80 && !(letter >= 0xFF00 && letter <= 0xFF60);
}

FoldedText fold(std::string_view text) {
    FoldedText folded;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const Letter first = letter_at(text, at);
        at += first.bytes;
        if (first.code == line_break) {
            folded.letters.push_back(line_break);
            folded.places.push_back({begin, at});
            continue;
        }
        while (at < text.size()) {
            const Letter next = letter_at(text, at);
            if (!is_mark(next.code)) {
                break;
            }
            at += next.bytes;
        }
        add_folded(text.substr(begin, at - begin), {begin, at}, folded);
    }
    folded = without_breaks(folded);
    mend_carbon_dioxide(folded.letters);
    return folded;
}

std::vector<Gram> grams(std::string_view text, GramsFor purpose) {
    const FoldedText folded = fold(text);
    const auto& letters = folded.letters;
    const auto runs = runs_of(letters);
    std::vector<Gram> all;
    const auto add = [&](std::string gram, std::size_t first, std::size_t last) {
        all.push_back({std::move(gram), {folded.places[first].begin, folded.places[last].end}});
    };
    for (const Run& run : runs) {
        const bool is_word = !is_written_without_blanks(letters[run.begin]);
        if (is_word) {
            std::string gram = "^";
            append_utf8(gram, letters[run.begin]);
            add(std::move(gram), run.begin, run.begin);
        }
        for (std::size_t at = run.begin; at + 1 < run.end; ++at) {
            std::string gram;
            append_utf8(gram, letters[at]);
            append_utf8(gram, letters[at + 1]);
            add(std::move(gram), at, at + 1);
        }
        const bool has_more_grams = is_word || run.end - run.begin > 1;
        const bool may_go_on = purpose == GramsFor::query && run.end == runs.back().end;
        if (!(may_go_on && has_more_grams)) {
            std::string gram;
            append_utf8(gram, letters[run.end - 1]);
            add(std::move(gram), run.end - 1, run.end - 1);
        }
    }
    return all;
}

} // namespace catalog::search
