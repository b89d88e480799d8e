#include "catalog/search/folded_text.h"
#include "catalog/search/search_query.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace catalog::search;

namespace {

/// Whether the pairs of the query follow each other in those of the text, the last one perhaps going
/// on: what the index does.
bool finds(const std::string& typed, const std::string& text) {
    const auto indexed = grams(text, GramsFor::index);
    const auto asked = grams(typed, GramsFor::query);
    REQUIRE_FALSE(asked.empty());
    for (std::size_t at = 0; at + asked.size() <= indexed.size(); ++at) {
        bool fits = indexed[at + asked.size() - 1].text.starts_with(asked.back().text);
        for (std::size_t step = 0; step + 1 < asked.size(); ++step) {
            fits = fits && indexed[at + step].text == asked[step].text;
        }
        if (fits) {
            return true;
        }
    }
    return false;
}

std::string text_of(const Passages& passages) {
    std::string text;
    for (const auto& passage : passages) {
        text += passage.is_hit ? "[" + passage.text + "]" : passage.text;
    }
    return text;
}

} // namespace

TEST_CASE("words are found however an office types them", "[search]") {
    CHECK(finds("適応", "気候変動への適応策について"));
    CHECK(finds("ｾﾞﾛｶｰﾎﾞﾝ", "ゼロカーボンシティ宣言"));
    CHECK(finds("ゼロカーボン", "ｾﾞﾛｶｰﾎﾞﾝｼﾃｨ"));
    CHECK(finds("ぜろかーぼん", "ゼロカーボンシティ宣言"));
    CHECK(finds("Ｃ０２", "CO2排出量の算定"));
    CHECK(finds("co2", "ＣＯ₂排出量"));
    CHECK(finds("CO2排出", "ＣＯ２排出量"));
    CHECK(finds("ＺＥＢ", "zeb化の事例"));
    CHECK(finds("㈱", "(株)環境"));
    CHECK(finds("2030", "２０３０年度"));
    CHECK(finds("が", "か\u3099いよう"));
    CHECK(finds("カーボン", "ゼロカー\nボンシティ"));
    CHECK(finds("CO2-削減", "CO2・削減の"));
}

TEST_CASE("words are found from one letter on, Latin ones from their beginning", "[search]") {
    CHECK(finds("策", "適応策"));
    CHECK(finds("適", "適応策"));
    CHECK(finds("z", "ZEB"));
    CHECK(finds("ze", "ZEB"));
    CHECK_FALSE(finds("eco2", "rec02"));
    CHECK_FALSE(finds("eb", "ZEB"));
    CHECK_FALSE(finds("50", "2050年"));
    CHECK_FALSE(finds("適策", "適応策"));
    CHECK_FALSE(finds("応用", "適応。用語"));
    CHECK_FALSE(finds("会の", "会\n\n の"));
}

TEST_CASE("a query is its words, within bounds", "[search]") {
    CHECK(SearchQuery("  適応　緩和\tCO2-削減 ").words() ==
          std::vector<std::string>{"適応", "緩和", "CO2-削減"});
    CHECK(SearchQuery("！？ 「」 %").empty());
    CHECK(SearchQuery("").empty());
    CHECK(SearchQuery("\xff\xfe\x80").empty());
    CHECK(SearchQuery("a b c d e f g h i j").words().size() == SearchQuery::most_words);
    const std::string word(399, 'a');
    std::string too_long = word;
    too_long += "適応";
    CHECK(SearchQuery(too_long).words() == std::vector<std::string>{word});
    CHECK(SearchQuery(too_long).typed() == word);
}

TEST_CASE("what was looked for is marked where it stood", "[search]") {
    CHECK(text_of(marked("地域の適応策と緩和策", SearchQuery("適応 策"))) == "地域の[適応策]と緩和[策]");
    CHECK(text_of(marked("ｾﾞﾛｶｰﾎﾞﾝの話", SearchQuery("ゼロカーボン"))) == "[ｾﾞﾛｶｰﾎﾞﾝ]の話");
    CHECK(text_of(marked("main aim", SearchQuery("ai"))) == "main [ai]m");
    CHECK(text_of(marked("ゼロカー\nボンの", SearchQuery("カーボン"))) == "ゼロ[カー ボン]の");
    CHECK(text_of(marked("何もない", SearchQuery("適応"))) == "何もない");
    CHECK(text_of(marked("あいうえお適応かきくけこ", SearchQuery("適応"), 2)) == "…えお[適応]かき…");
    CHECK(text_of(marked("適応", SearchQuery("適応"), 2)) == "[適応]");
    CHECK_FALSE(has_hit(marked("何もない", SearchQuery("適応"))));
}

TEST_CASE("any bytes are folded, and each letter keeps its place", "[search]") {
    std::string bytes;
    for (int round = 0; round < 2000; ++round) {
        bytes += static_cast<char>((round * 7919 + round / 3) % 256);
    }
    const auto folded = fold(bytes);
    CHECK(folded.letters.size() == folded.places.size());
    CHECK(std::ranges::all_of(folded.places, [&](const Place& place) {
        return place.begin < place.end && place.end <= bytes.size();
    }));
    CHECK(std::ranges::is_sorted(folded.places, {}, &Place::begin));
    for (const auto& gram : grams(bytes, GramsFor::index)) {
        CHECK(gram.place.end <= bytes.size());
    }
}
