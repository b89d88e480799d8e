#include "catalog/caption_changes.h"
#include "catalog/caption_file.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace std::chrono_literals;

namespace {

std::string refusal(const std::vector<Cue>& cues) {
    const auto tidy = tidied(cues);
    return tidy ? "" : tidy.error().message;
}

} // namespace

TEST_CASE("cues of an editor follow the rules of a file's", "[catalog]") {
    const std::vector<Cue> cues{{3s, 4s, " い\r\n\r\nう "}, {1s, 2s, "<i>あ</i> &amp;"}, {5s, 5s, "え"},
                                {5s, 6s, " \n"},            {3s, 4s, "い\nう"}};
    const auto tidy = tidied(cues);
    REQUIRE(tidy.has_value());
    CHECK(*tidy == std::vector<Cue>{{1s, 2s, "<i>あ</i> &amp;"}, {3s, 4s, "い\nう"}});
    CHECK(refusal({}) == "字幕が1つもありません。");
    CHECK(refusal({{1s, 1s, "あ"}}) == "字幕が1つもありません。");
    CHECK(refusal({{1s, 2s, "あ"}, {3s, 2s, "い"}}) == "2番目の字幕は、終わりの時刻が始まりの時刻より前です。");
    CHECK(refusal({{-1s, 2s, "あ"}}) == "1番目の字幕の時刻が、0より前になっています。");
    CHECK(refusal(std::vector<Cue>(most_cues + 1, {1s, 2s, "あ"})) == "字幕は10万件までです。");
}

TEST_CASE("a word is replaced wherever it stands in captions", "[catalog]") {
    const std::vector<Cue> cues{{1s, 2s, "てき王とてき王"}, {3s, 4s, "緩和"}, {5s, 6s, "てき王"}};
    const auto done = replaced(cues, "てき王", "適応");
    REQUIRE(done.has_value());
    CHECK(done->count == 3);
    CHECK(done->cues == std::vector<Cue>{{1s, 2s, "適応と適応"}, {3s, 4s, "緩和"}, {5s, 6s, "適応"}});
    CHECK(replaced(cues, "王", "王王")->cues[0].text == "てき王王とてき王王");
    CHECK(replaced(cues, "なし", "")->count == 0);
    CHECK(replaced(cues, "てき王", "")->cues == std::vector<Cue>{{1s, 2s, "と"}, {3s, 4s, "緩和"}});
    CHECK(replaced(cues, "", "適応").error().message == "置き換える前の言葉を入力してください。");
    const std::vector<Cue> many{{1s, 2s, std::string(1'000'000, 'a')}};
    CHECK(replaced(many, "a", std::string(500, 'b')).error().message ==
          "置き換えると字幕が大きくなりすぎます。");
}

TEST_CASE("a language is what may stand in addresses", "[catalog]") {
    for (const auto* language : {"ja", "en", "yue", "zh-Hant", "pt-BR", "en-GB-oxendict"}) {
        CHECK(is_language(language));
    }
    for (const auto* language : {"", "j", "JA", "japanese", "ja-", "ja--x", "ja_JP", "ja/x", "ja-123456789", "日本"}) {
        CHECK_FALSE(is_language(language));
    }
}
