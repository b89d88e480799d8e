#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::search {

/// Where something stands in a text: bytes, `[begin, end)`.
struct Place {
    std::size_t begin;
    std::size_t end;
    friend bool operator==(const Place&, const Place&) = default;
};

/// A text as search compares it: NFKC, without case, katakana as hiragana, and the Ｃ０２ that offices
/// type with a zero as CO2. `places[i]` is where `letters[i]` stood. What is no letter and no digit
/// is a blank; a line break between two Japanese letters is none, since captions break inside words.
struct FoldedText {
    std::u32string letters;
    std::vector<Place> places;
};

/// `text` is UTF-8; bytes that are none count as blanks.
FoldedText fold(std::string_view text);

/// Letters that are compared in pairs wherever they stand: kana, kanji, hangul. Other words are
/// compared from their beginnings on.
bool is_written_without_blanks(char32_t letter);

/// What is indexed of a text, in its order: pairs of letters, UTF-8, and where they stand. A run ends
/// with its last letter alone, so that one letter can be searched for; a word of Latin letters or
/// digits begins with "^" and its first one, so that it is found from its beginning only.
struct Gram {
    std::string text;
    Place place;
    friend bool operator==(const Gram&, const Gram&) = default;
};
enum class GramsFor { index, query };  ///< a query may end within a run: without the last letter alone
std::vector<Gram> grams(std::string_view text, GramsFor purpose);

} // namespace catalog::search
