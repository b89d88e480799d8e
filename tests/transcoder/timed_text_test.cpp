#include "transcoder/plan/language.h"
#include "transcoder/timed_text/chapters.h"
#include "transcoder/timed_text/cues.h"
#include "transcoder/timed_text/plain.h"
#include "transcoder/timed_text/told.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using namespace transcoder::timed_text;
using catalog::Cue;
using transcoder::av::TextDecoder;

TEST_CASE("languages of containers become tags, and what names none does not", "[transcoder]") {
    const auto [name, tag] = GENERATE(table<std::string, std::string>({
        {"jpn", "ja"},
        {"eng", "en"},
        {"ger", "de"},
        {"deu", "de"},
        {"JPN", "ja"},
        {"ja", "ja"},
        {"yue", "yue"},
        {"en-US", "en-US"},
        {"zh-Hant-TW", "zh-Hant-TW"},
        {"und", ""},
        {"mul", ""},
        {"qaa", ""},
        {"xx", ""},
        {"", ""},
        {"english", ""},
        {"../", ""},
        {"en-", ""},
        {"en-../a", ""},
        {"en-2", ""},
        {"日本語", ""},
    }));
    CAPTURE(name);
    CHECK(transcoder::plan::language_tag(name) == tag);
}

TEST_CASE("containers know a tag's language by three letters", "[transcoder]") {
    using transcoder::plan::three_letters;
    CHECK(three_letters("ja") == "jpn");
    CHECK(three_letters("de-AT") == "deu");
    CHECK(three_letters("yue") == "yue");
    CHECK(three_letters("und") == "und");
    CHECK(three_letters("xx").empty());
}

TEST_CASE("codes are taken out of text, and what was written stays", "[transcoder]") {
    using Markup = TextDecoder::Markup;
    const auto [markup, text, plain] = GENERATE(table<Markup, std::string, std::string>({
        {Markup::ass, R"({\i1}a{\i0}{a remark}\Nb\nc\hd)", "a\nb\nc d"},
        {Markup::ass, R"(a{\p1}m 0 0 l 9 9{\p0}b)", "ab"},
        {Markup::ass, R"({\pos(1,2)}a {unclosed)", "a {unclosed"},
        {Markup::ass, R"(\{a\})", "{a}"},
        {Markup::codes, R"({\an8}a {remark} C:\new\Nb)", "a {remark} C:\\new\nb"},
        {Markup::codes, "a\\\xe2\x81\xa0N", "a\\N"},
        {Markup::escaped, R"(\{a\} \\ b, c)", "{a} \\ b, c"},
        {Markup::codes, "", ""},
        {Markup::codes, "\\", "\\"},
    }));
    CAPTURE(text);
    CHECK(without_codes("0,0,Default,,0,0,0,," + text, markup) == plain);
}

TEST_CASE("an event without its fields says nothing", "[transcoder]") {
    CHECK(without_codes("", TextDecoder::Markup::ass).empty());
    CHECK(without_codes("0,0,Default,,0,0,0", TextDecoder::Markup::ass).empty());
}

TEST_CASE("text is cleaned of what nobody sees, and is UTF-8 or none", "[transcoder]") {
    using Text = std::optional<std::string>;
    const auto [text, clean] = GENERATE(table<std::string, Text>({
        {"a\r\n\r\n  b\t c \n", "a\nb  c"},
        {std::string("a\0b\x1b[31m\x7f", 9), "ab[31m"},
        {"\xef\xbb\xbf\xc2\x85記録", "記録"},
        {"a\xe2\x80\xa8" "b", "a\nb"},
        {" \n\t\n", ""},
        {"\x8b\x4c\x98\x5e", std::nullopt},          // 記録 in CP932
        {"a\xc3", std::nullopt},                     // cut off
        {"\xc0\xaf", std::nullopt},                  // longer than it need be
        {"\xe0\x80\xaf", std::nullopt},
        {"\xed\xa0\x80", std::nullopt},              // half of a pair
        {"\xf4\x90\x80\x80", std::nullopt},          // beyond the last character
        {"\xf0\x9f\x8e\xa5", "\xf0\x9f\x8e\xa5"},
    }));
    CAPTURE(text);
    CHECK(cleaned(text) == clean);
}

TEST_CASE("cues are put in order, cut at both ends, and end where they do not say", "[transcoder]") {
    const auto cues = placed({{5s, 90s, "late"},
                              {1s, std::nullopt, "until the next"},
                              {1s, std::nullopt, "with it"},
                              {7s, std::nullopt, "four seconds"},
                              {-3s, 500ms, "early"},
                              {-3s, -1s, "before"},
                              {12s, 13s, "behind"},
                              {4s, 3s, "backwards"},
                              {4'000'100us, 4'000'900us, "too short to be said"}},
                             12s);
    CHECK(cues == std::vector<Cue>{{0ms, 500ms, "early"},
                                   {1s, 4s, "until the next"},
                                   {1s, 4s, "with it"},
                                   {5s, 12s, "late"},
                                   {7s, 11s, "four seconds"}});
}

TEST_CASE("chapters follow one another, and one alone divides nothing", "[transcoder]") {
    CHECK(divided({{2s, 9s, "b"}, {-1s, 2500ms, "a"}, {2s, 3s, "again"}, {4s, 5s, "c"}, {20s, 30s, "d"}},
                  10s) == std::vector<Cue>{{0ms, 2s, "a"}, {2s, 4s, "b"}, {4s, 5s, "c"}});
    CHECK(divided({{0s, 3s, "a"}, {12s, 30s, "b"}}, 10s).empty());
    CHECK(divided({{1s, 3s, "a"}, {1s, 30s, "b"}}, 10s).empty());
}

TEST_CASE("what is told of text is read as it was written, and nothing else is", "[transcoder]") {
    Told told;
    told.captions.push_back({2, "mov_text", "ja", "captions/ja.vtt", "", 3, 1, 2, 4});
    told.captions.push_back({3, "dvb_subtitle", "und", "", "pictures", 0, 0, 0, 0});
    told.chapters = {4, 0, "nonsense"};
    CHECK(read_told(to_text(told)) == told);
    auto wrong = told;
    wrong.captions[0].file = "captions/\"\n.vtt";
    CHECK_THROWS_AS(read_told(to_text(wrong)), std::runtime_error);
    wrong = told;
    wrong.captions[0].cues = -1;
    CHECK_THROWS_AS(read_told(to_text(wrong)), std::runtime_error);
    for (const std::string text : {"", "[]", "{}", R"({"captions":[1]})", R"({"captions":[]})"})
        CHECK_THROWS_AS(read_told(text), std::runtime_error);
}
