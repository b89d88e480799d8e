#include "catalog/search/search_query.h"

#include "catalog/search/folded_text.h"

#include <algorithm>

namespace catalog::search {

namespace {

constexpr char32_t blank = U' ';
constexpr std::string_view left_out = "…";

/// The longest beginning of at most `most` bytes that ends with a whole letter.
std::string_view shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) {
        return text;
    }
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

bool begins_word(const std::u32string& letters, std::size_t at) {
    return is_written_without_blanks(letters[at]) || at == 0 || letters[at - 1] == blank ||
           is_written_without_blanks(letters[at - 1]);
}

/// The runs of letters of a word: "CO2-削減" has two.
std::vector<std::u32string> parts_of(const std::string& word) {
    std::vector<std::u32string> parts;
    bool is_open = false;
    for (const char32_t letter : fold(word).letters) {
        if (letter == blank) {
            is_open = false;
            continue;
        }
        if (!is_open) {
            parts.emplace_back();
        }
        parts.back().push_back(letter);
        is_open = true;
    }
    return parts;
}

/// Where the words stand in the text: bytes, in order, none over another.
std::vector<Place> hits_in(const FoldedText& folded, const SearchQuery& query) {
    std::vector<bool> is_hit(folded.letters.size());
    for (const auto& word : query.words()) {
        for (const auto& part : parts_of(word)) {
            for (auto at = folded.letters.find(part); at != std::u32string::npos;
                 at = folded.letters.find(part, at + 1)) {
                if (begins_word(folded.letters, at)) {
                    std::fill_n(is_hit.begin() + static_cast<std::ptrdiff_t>(at), part.size(), true);
                }
            }
        }
    }
    std::vector<Place> hits;
    for (std::size_t at = 0; at < is_hit.size(); ++at) {
        if (!is_hit[at]) {
            continue;
        }
        const Place& place = folded.places[at];
        if (at > 0 && is_hit[at - 1] && !hits.empty()) {
            hits.back().end = std::max(hits.back().end, place.end);
        } else {
            hits.push_back(place);
        }
    }
    return hits;
}

/// `count` letters on from `at`, or back, as a byte of `text`.
std::size_t letters_on(std::string_view text, std::size_t at, std::size_t count) {
    while (at < text.size() && count > 0) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
            ++at;
        }
        --count;
    }
    return at;
}

std::size_t letters_back(std::string_view text, std::size_t at, std::size_t count) {
    while (at > 0 && count > 0) {
        --at;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
            --at;
        }
        --count;
    }
    return at;
}

void add(Passages& passages, std::string_view text, bool is_hit) {
    if (text.empty()) {
        return;
    }
    std::string line(text);
    std::ranges::replace(line, '\n', ' ');
    passages.push_back({std::move(line), is_hit});
}

} // namespace

SearchQuery::SearchQuery(std::string_view typed) : typed_(shortened(typed, most_bytes)) {
    const std::string_view text = typed_;
    // Words are parted by what is a blank in the text itself, not by a hyphen.
    constexpr std::string_view wide_blank = "\u3000";
    std::size_t begin = 0;
    const auto take = [&](std::size_t end) {
        std::string word(text.substr(begin, end - begin));
        if (words_.size() < most_words && !grams(word, GramsFor::query).empty()) {
            words_.push_back(std::move(word));
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const bool is_wide = text.substr(at).starts_with(wide_blank);
        const auto byte = static_cast<unsigned char>(text[at]);
        if (!is_wide && byte > ' ') {
            ++at;
            continue;
        }
        take(at);
        at += is_wide ? wide_blank.size() : 1;
        begin = at;
    }
    take(text.size());
}

Passages marked(std::string_view text, const SearchQuery& query, std::size_t around) {
    const auto hits = hits_in(fold(text), query);
    std::size_t begin = 0;
    std::size_t end = text.size();
    if (around > 0) {
        const std::size_t first = hits.empty() ? 0 : hits.front().begin;
        begin = letters_back(text, first, around);
        end = letters_on(text, hits.empty() ? 0 : hits.front().end, around);
    }
    Passages passages;
    if (begin > 0) {
        passages.push_back({std::string(left_out), false});
    }
    std::size_t at = begin;
    for (const Place& hit : hits) {
        if (hit.begin >= end || hit.begin < at) {
            continue;
        }
        add(passages, text.substr(at, hit.begin - at), false);
        at = std::min(hit.end, end);
        add(passages, text.substr(hit.begin, at - hit.begin), true);
    }
    add(passages, text.substr(at, end - at), false);
    if (end < text.size()) {
        passages.push_back({std::string(left_out), false});
    }
    return passages;
}

bool has_hit(const Passages& passages) {
    return std::ranges::any_of(passages, &Passage::is_hit);
}

} // namespace catalog::search
