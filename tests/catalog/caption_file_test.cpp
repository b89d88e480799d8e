#include "catalog/caption_file.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>

using namespace catalog;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

using Notes = std::vector<std::string>;

CaptionFile read(const std::string& bytes) {
    const auto file = read_caption_file(bytes);
    INFO(bytes);
    REQUIRE((file ? "" : file.error().message) == "");
    return *file;
}

std::string refusal(const std::string& bytes) {
    const auto file = read_caption_file(bytes);
    INFO(bytes.substr(0, 1000));
    REQUIRE(file.has_error());
    CHECK(file.error().kind == Refusal::invalid);
    return file.error().message;
}

/// A cue as SRT has it.
std::string srt(const std::string& text) { return "1\n00:00:01,000 --> 00:00:02,000\n" + text + "\n"; }

/// The text of that cue, read.
std::string text_of(const std::string& text) {
    const auto file = read(srt(text));
    REQUIRE(file.cues.size() == 1);
    return file.cues.front().text;
}

struct Good {
    const char* what;
    std::string bytes;
    std::vector<Cue> cues;
    Notes notes = {};
};

struct Bad {
    const char* what;
    std::string bytes;
    std::string sentence;
};

const std::string no_times = "行目の時刻を読み取れません(正しい例 00:01:23,450 --> 00:01:27,000)。";
const std::string no_form = "行目から、字幕のファイル(SRTまたはWebVTT)の形になっていません。";
const std::string ends_early = "行目の字幕は、終わりの時刻が始まりの時刻より前です。";
const std::string too_early = "行目の時刻が、0より前になっています。";

const std::vector<Cue> two{{1s, 2s, "あ"}, {3s, 4s, "い"}};

const std::vector<Good> good{
    {"a plain SRT", "1\n00:00:01,000 --> 00:00:02,000\nあ\n\n2\n00:00:03,000 --> 00:00:04,000\nい\n", two},
    {"a plain WebVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\nあ\n\n00:03.000 --> 00:04.000\nい\n", two},
    {"CRLF", "1\r\n00:00:01,000 --> 00:00:02,000\r\nあ\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nい\r\n", two},
    {"CR", "1\r00:00:01,000 --> 00:00:02,000\rあ\r\r2\r00:00:03,000 --> 00:00:04,000\rい", two},
    {"CRCRLF, which doubles every line", "1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nあ\r\r\n\r\r\n2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nい\r\r\n", two},
    {"no numbers", "00:00:01,000 --> 00:00:02,000\nあ\n\n00:00:03,000 --> 00:00:04,000\nい", two},
    {"no blank lines", "1\n00:00:01,000 --> 00:00:02,000\nあ\n2\n00:00:03,000 --> 00:00:04,000\nい", two},
    {"no blank lines and no numbers", "00:00:01,000 --> 00:00:02,000\nあ\n00:00:03,000 --> 00:00:04,000\nい", two},
    {"blank lines on top and between all", "\n\n1\n\n00:00:01,000 --> 00:00:02,000\n\nあ\n\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\nい\n\n\n", two},
    {"spaces around everything", "  1  \n  00:00:01,000   -->   00:00:02,000  \n\tあ \n \n 2\n00 : 00 : 03 , 000 --> 00:00:04, 000\n い", two},
    {"no spaces at all", "1\n00:00:01,000-->00:00:02,000\nあ\n\n2\n00:00:03,000-->00:00:04,000\nい", two},
    {"points in SRT and commas in WebVTT", "WEBVTT\n\n00:00:01,000 --> 00:00:02.000\nあ\n\n00:00:03.000 --> 00:00:04,000\nい", two},
    {"whole seconds", "1\n00:00:01 --> 00:00:02\nあ\n\n2\n0:03 --> 0:04\nい", two},
    {"full-width times", "1\n００：００：０１，０００　－－＞　００：００：０２，０００\nあ\n\n2\n00:00:03,000 --> 00:00:04,000\nい", two},
    {"fractions of one, two and six digits", "1\n00:00:01,5 --> 00:00:01,75\nあ\n\n2\n00:00:03.000499 --> 00:00:04\nい",
     {{1500ms, 1750ms, "あ"}, {3s, 4s, "い"}}},
    {"many hours, and minutes without hours", "1\n100:00:01,000 --> 120:00:02,000\nあ\n\n2\n90:00.000 --> 99:59.999\nい",
     {{5400s, 5999999ms, "い"}, {360001s, 432002s, "あ"}}, {"6行目：時刻の順に並べ替えました。"}},
    {"a byte order mark in the middle, where files were joined",
     "\xEF\xBB\xBF" "1\n00:00:01,000 --> 00:00:02,000\nあ\n\n\xEF\xBB\xBF" "1\n00:00:03,000 --> 00:00:04,000\nい", two},
    {"identifiers of words", "WEBVTT - title\nKind: captions\n\nintro\n00:01.000 --> 00:02.000\nあ\n\n8fc4-33/0\n00:03.000 --> 00:04.000\nい\n", two},
    {"a head without a blank line behind it", "WEBVTT\n00:01.000 --> 00:02.000\nあ\n\n00:03.000 --> 00:04.000\nい\n", two},
    {"a head without a blank line before a number", "WEBVTT\nLanguage: ja\n1\n00:01.000 --> 00:02.000\nあ\n\n2\n00:03.000 --> 00:04.000\nい\n", two},
    {"comments, styles and regions", "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\n二行の\n注釈\n\n00:01.000 --> 00:02.000\nあ\n\nNOTE Confidence: 0.9\n\n00:03.000 --> 00:04.000\nい",
     two, {"3、6、9、16行目：注釈や書式(NOTE、STYLE、REGION)を除きました。"}},
    {"settings of cues", "WEBVTT\n\n00:01.000 --> 00:02.000 align:start position:0%\nあ\n\n00:03.000 --> 00:04.000\nい",
     two, {"3行目：表示位置などの指定を外しました。"}},
    {"text behind the times", "1\n00:00:01,000 --> 00:00:02,000 あ\n\n2\n00:00:03,000 --> 00:00:04,000 X1:1 Y1:2\nい",
     two, {"5行目：表示位置などの指定を外しました。"}},
    {"blank lines in a text", "1\n00:00:01,000 --> 00:00:02,000\nあ\n\nい\n\n\nう\n\n2\n00:00:03,000 --> 00:00:04,000\nえ",
     {{1s, 2s, "あ\nい\nう"}, {3s, 4s, "え"}}, {"5、8行目：文の途中の空行を詰めました。"}},
    {"numbers as text", "1\n00:00:01,000 --> 00:00:02,000\n2021\n\n2\n00:00:03,000 --> 00:00:04,000\n3\n\n3\n00:00:05,000 --> 00:00:06,000\n4\n",
     {{1s, 2s, "2021"}, {3s, 4s, "3"}, {5s, 6s, "4"}}},
    {"a number as text without numbers of cues", "00:00:01,000 --> 00:00:02,000\n2021\n00:00:03,000 --> 00:00:04,000\nい", {{1s, 2s, "2021"}, {3s, 4s, "い"}}},
    {"an arrow in the text", "1\n00:00:01,000 --> 00:00:02,000\n削減 --> 適応\n10:00 --> 11:00\n\n東京 --> 大阪\n\n2\n00:00:03,000 --> 00:00:04,000\n-->",
     {{1s, 2s, "削減 --> 適応\n10:00 --> 11:00\n東京 --> 大阪"}, {3s, 4s, "-->"}}, {"6行目：文の途中の空行を詰めました。"}},
    {"cues that overlap", "1\n00:00:01,000 --> 00:00:09,000\nあ\n\n2\n00:00:03,000 --> 00:00:04,000\nい", {{1s, 9s, "あ"}, {3s, 4s, "い"}}},
    {"cues out of order keep theirs where they start together",
     "1\n00:00:03,000 --> 00:00:04,000\nう\n\n2\n00:00:01,000 --> 00:00:03,000\nあ\n\n3\n00:00:01,000 --> 00:00:02,000\nい",
     {{1s, 3s, "あ"}, {1s, 2s, "い"}, {3s, 4s, "う"}}, {"6、10行目：時刻の順に並べ替えました。"}},
    {"the same cue again", "1\n00:00:01,000 --> 00:00:02,000\nあ\n\n2\n00:00:03,000 --> 00:00:04,000\nい\n\n3\n00:00:01,000 --> 00:00:02,000\n<i>あ</i>",
     two, {"10行目：文字の飾りを外しました。", "10行目：前と同じ字幕を除きました。"}},
    {"cues of no length and without text", "1\n00:00:01,000 --> 00:00:02,000\nあ\n\n2\n00:00:02,000 --> 00:00:02,000\nう\n\n3\n00:00:02,000 --> 00:00:03,000\n\n4\n00:00:02,000 --> 00:00:03,000\n<i> &nbsp;</i>\n\n5\n00:00:03,000 --> 00:00:04,000\nい",
     two, {"6行目：表示する長さが0の字幕を除きました。", "10、13行目：文のない字幕を除きました。"}},
    {"text before the first times, and a number behind the last", "字幕 第1回\n\n1\n00:00:01,000 --> 00:00:02,000\nあ\n\n2\n00:00:03,000 --> 00:00:04,000\nい\n\n3\n",
     two, {"1、11行目：時刻のない文を除きました。"}},
    {"Zoom's transcript", "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\n山田 太郎: では始めます。\r\n\r\n2\r\n00:00:03.000 --> 00:00:04.000\r\nTokyo, Env: はい\r\n",
     {{1s, 2s, "山田 太郎: では始めます。"}, {3s, 4s, "Tokyo, Env: はい"}}},
    {"Teams' transcript", "WEBVTT\n\n8fc4b0a5/12-0\n00:00:01.000 --> 00:00:02.000\n<v 山田 太郎>では\n始めます。</v>\n\n8fc4b0a5/12-1\n00:00:03.000 --> 00:00:04.000\n<v A &amp; B>はい</v>",
     {{1s, 2s, "山田 太郎：では\n始めます。"}, {3s, 4s, "A & B：はい"}}, {"4、9行目：文字の飾りを外しました。"}},
};

const std::vector<Bad> bad{
    {"nothing", "", "ファイルが空です。"},
    {"blank lines alone", "\n \r\n\t\n", "ファイルが空です。"},
    {"a byte order mark alone", "\xEF\xBB\xBF", "ファイルが空です。"},
    {"a head alone", "WEBVTT\n\nNOTE nothing\n", "ファイルに、入れられる字幕が1つもありません。"},
    {"cues of which none can be shown", "1\n00:00:01,000 --> 00:00:01,000\nあ", "ファイルに、入れられる字幕が1つもありません。"},
    {"an end before its start", srt("あ") + "\n2\n00:00:05,000 --> 00:00:04,999\nい", "6" + ends_early},
    {"the same in WebVTT with CR", "WEBVTT\r\r00:05.000 --> 00:04.000\rい", "3" + ends_early},
    {"a negative start", "1\n-00:00:01,000 --> 00:00:02,000\nあ", "2" + too_early},
    {"a negative end", srt("あ") + "2\n00:00:03,000 --> -00:00:02,000\nい", "5" + too_early},
    {"a negative time of a full-width sign", "1\n－00:00:01,000 --> 00:00:02,000\nあ", "2" + too_early},
    {"a letter in a time", srt("あ") + "\n2\n00:00:0x,000 --> 00:00:09,000\nい", "6" + no_times},
    {"a letter in an end", srt("あ") + "\n2\n00:00:08,000 --> 00:00:0x,000\nい", "6" + no_times},
    {"a broken time where nothing separates it", srt("あ") + "00:00:08,000 --> 00:00:0x,000\nい", "4" + no_times},
    {"minutes beyond 59", "1\n00:60:00,000 --> 01:01:00,000\nあ", "2" + no_times},
    {"seconds beyond 59", "1\n00:00:60,000 --> 00:01:00,000\nあ", "2" + no_times},
    {"frames for a fraction", "1\n00:00:01:12 --> 00:00:02:00\nあ", "2" + no_times},
    {"no end", "1\n00:00:01,000 -->\nあ", "2" + no_times},
    {"no start", "1\n--> 00:00:01,000\nあ", "2" + no_times},
    {"words for times", srt("あ") + "\n2\nhere --> there\nい", "6" + no_times},
    {"an arrow that is none", srt("あ") + "\n2\n00:00:03,000 -> 00:00:04,000\nい", "6" + no_times},
    {"hours without end", "1\n99999:00:00,000 --> 99999:00:01,000\nあ", "2" + no_times},
    {"digits without end", "1\n" + std::string(100'000, '9') + ":00:00,000 --> 00:00:01,000\nあ", "2" + no_times},
    {"a list", "時刻,話者,発言\n00:01,山田,はい\n", "1" + no_form},
    {"a letter", "\n\n皆さま\n\n会合は10:00からです。\n", "3" + no_form},
    {"an arrow and no times", "A --> B\n", "1" + no_form},
    {"a picture", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, "これはPNGの画像で、字幕のファイル(SRTまたはWebVTT)ではありません。"},
    {"a PDF", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "これはPDFで、字幕のファイル(SRTまたはWebVTT)ではありません。"},
    {"a docx", "PK\x03\x04\x14\0\x06\0"s, "これはWordやExcelなどの文書かZIPで、字幕のファイル(SRTまたはWebVTT)ではありません。"},
    {"a film", "\0\0\0\x18" "ftypmp42"s, "これは動画で、字幕のファイル(SRTまたはWebVTT)ではありません。"},
    {"ASS", "\xEF\xBB\xBF[Script Info]\nTitle: a\n", "これはASSの字幕で、字幕のファイル(SRTまたはWebVTT)ではありません。"},
    {"a NUL", "1\n00:00:01,000 --> 00:00:02,000\nあ\0い\n"s, "3行目に、文字ではないデータ(NUL)が入っています。"},
    {"UTF-8 with a broken letter", srt("気候変動") + "\n2\n00:00:03,000 --> 00:00:04,000\n適応\xE3\x81\n",
     "7行目に、UTF-8、UTF-16、Shift_JIS、EUC-JPのどれとしても読み取れない文字があります。"},
    {"a surrogate in UTF-8", "\xEF\xBB\xBF" + srt("\xED\xA0\x80"), "3行目に、UTF-8、UTF-16、Shift_JIS、EUC-JPのどれとしても読み取れない文字があります。"},
    {"CP932 with a broken letter", srt("\x8B\x43\x8C\xF3") + "\n2\n00:00:03,000 --> 00:00:04,000\n\x8B\x43\xFF\n",
     "7行目に、UTF-8、UTF-16、Shift_JIS、EUC-JPのどれとしても読み取れない文字があります。"},
    {"UTF-16 that was cut off", "\xFF\xFE" "1\0\n\0\x42"s, "2行目に、UTF-8、UTF-16、Shift_JIS、EUC-JPのどれとしても読み取れない文字があります。"},
};

/// UTF-16 of characters below U+10000, that are given as such.
std::string utf16(std::u16string_view text, std::size_t high_byte) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char pair[2]{static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
        bytes += pair[1 - high_byte];
        bytes += pair[high_byte];
    }
    return bytes;
}

} // namespace

TEST_CASE("a caption file of any make is read", "[catalog]") {
    for (const auto& [what, bytes, cues, notes] : good) {
        INFO(what << "\n" << bytes);
        const auto file = read_caption_file(bytes);
        REQUIRE((file ? "" : file.error().message) == "");
        CHECK(file->cues == cues);
        CHECK(file->notes == notes);
        CHECK(file->encoding == "UTF-8");
    }
}

TEST_CASE("what cannot be right in a caption file is refused with its line", "[catalog]") {
    for (const auto& [what, bytes, sentence] : bad) {
        INFO(what);
        CHECK(refusal(bytes) == sentence);
    }
}

TEST_CASE("captions are read in every encoding of Japanese offices", "[catalog]") {
    const auto check = [](const std::string& bytes, const std::string& text, const std::string& encoding) {
        const auto file = read(bytes);
        CHECK(file.cues == std::vector<Cue>{{1s, 2s, text}});
        CHECK(file.encoding == encoding);
    };
    check(srt("気候変動"), "気候変動", "UTF-8");
    check("\xEF\xBB\xBF" + srt("気候変動"), "気候変動", "UTF-8");
    check(srt("plain"), "plain", "UTF-8");
    check(srt("\x87\x40\x87\x8A\x81\x60\x81\x7C\xB1\xB2\xB3\xED\x40"), "①㈱～－ｱｲｳ纊", "CP932");
    check(srt("\xB1\xB2\xB3\xB4\xB5\xB6"), "ｱｲｳｴｵｶ", "CP932");
    check(srt("\x95\x5C\x8E\xA6"), "表示", "CP932");
    check(srt("\xB5\xA4\xB8\xF5\xCA\xD1\xC6\xB0\xA4\xCE\xC5\xAC\xB1\xFE"), "気候変動の適応", "EUC-JP");
    check(srt("\x1B$B5$8uJQF0\x1B(B"), "気候変動", "ISO-2022-JP");
    const std::u16string sixteen = u"1\r\n00:00:01,000 --> 00:00:02,000\r\n適応　①～\r\n";
    check("\xFF\xFE" + utf16(sixteen, 1), "適応　①～", "UTF-16LE");
    check("\xFE\xFF" + utf16(sixteen, 0), "適応　①～", "UTF-16BE");
    check(utf16(sixteen, 1), "適応　①～", "UTF-16LE");
    check(utf16(sixteen, 0), "適応　①～", "UTF-16BE");
}

TEST_CASE("markup of captions is left out, and what only looks like it is kept", "[catalog]") {
    CHECK(text_of("<i>斜体</i>と<B>太字</B><u></u>") == "斜体と太字");
    CHECK(text_of("<font color=\"#ffff00\">黄</font>") == "黄");
    CHECK(text_of("<c.yellow.bg_blue>色</c> <lang ja>日</lang>") == "色 日");
    CHECK(text_of("{\\an8}上に{\\i1}出す") == "上に出す");
    CHECK(text_of("<v.loud 山田>はい</v>") == "山田：はい");
    CHECK(text_of("<v>はい</v>") == "はい");
    CHECK(text_of("<00:00:01.500>歌<00:00:02.000>詞") == "歌詞");
    CHECK(text_of("<ruby>緩和<rt>かんわ</rt></ruby>策") == "緩和（かんわ）策");
    CHECK(text_of("<ruby>緩和<rt>かんわ</ruby>策") == "緩和（かんわ）策");
    CHECK(text_of("一行目<br>二行目<br/>") == "一行目\n二行目");
    CHECK(text_of("<笑> a < b > c <x> <iPhone> {笑}") == "<笑> a < b > c <x> <iPhone> {笑}");
    CHECK(text_of("<i") == "<i");
    CHECK(text_of("&amp;amp; &lt;i&gt; &#12354;&#x3044; &quot;") == "&amp; <i> あい \"");
    CHECK(text_of("A&B &unknown; &#0; &#xD800; &#99999999999999999999; &") ==
          "A&B &unknown; &#0; &#xD800; &#99999999999999999999; &");
    CHECK(text_of("左&nbsp;右\t端\x01\x1F\x7F") == "左 右 端");
    CHECK(text_of("　字下げ　") == "　字下げ　");
}

TEST_CASE("a hundred thousand cues are taken and no more, in a moment", "[catalog]") {
    std::string bytes = "WEBVTT\n";
    for (int second = 0; second < 100'000; ++second) {
        bytes += "\n" + std::to_string(second / 60) + ":" + std::to_string(second % 60) + ".000 --> " +
                 std::to_string(second / 60) + ":" + std::to_string(second % 60) + ".900\n<i>字幕</i>\n";
    }
    const auto file = read(bytes);
    CHECK(file.cues.size() == 100'000);
    CHECK(file.notes == Notes{"3、6、9、12、15、18、21、24、27、30行目ほか99990か所：文字の飾りを外しました。"});
    CHECK(refusal(bytes + "\n9999:00.000 --> 9999:01.000\nあ") ==
          "300003行目で字幕が10万件を超えるので、入れられません。");
    CHECK(refusal(std::string(largest_caption_file + 1, '\n')) == "字幕のファイルは20 MBまでです。");
}

TEST_CASE("hostile files are read in linear time", "[catalog]") {
    const auto filled = [](const std::string& piece) {
        std::string bytes = "1\n00:00:01,000 --> 00:00:02,000\n";
        while (bytes.size() < 4'000'000) {
            bytes += piece;
        }
        return bytes;
    };
    const auto started = std::chrono::steady_clock::now();
    for (const auto* piece : {"<", "<i", "&", "{\\", "-->", "1\n", "\n", "\r", "a\n", "1\n\n", "0:0 --> 0:0\n",
                              "\x1B$B", "\xA4", "\xEF\xBB\xBF", "&#x3042;", "<v a>", "0", "NOTE\n\n"}) {
        CHECK_NOTHROW(read_caption_file(filled(piece)));
    }
    CHECK(std::chrono::steady_clock::now() - started < 60s);
}

TEST_CASE("any bytes are read or refused in a sentence", "[catalog]") {
    const std::vector<std::string> pieces{
        "WEBVTT", "1", "2", "\n", "\r\n", "\r", "00:00:01,000", " --> ", "00:00:02.000", "-", "<v あ>", "</v>", "<i>", "<rt>",
        "&amp;", "&#", ";", "{\\an8}", "NOTE", "STYLE", "\xFF\xFE", "\xEF\xBB\xBF", "\x1B$B", "\x83\x5C", "\xA4\xA2", "あ", "\0"s, " ", ":", "９"};
    std::minstd_rand random(8);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        for (auto left = random() % 40; left > 0; --left) {
            bytes += pieces[random() % pieces.size()];
        }
        const auto file = read_caption_file(bytes);
        if (!file) {
            CHECK(file.error().message.ends_with("。"));
            continue;
        }
        CHECK_FALSE(file->cues.empty());
        // What was read is what players are given.
        const auto again = read_caption_file(to_webvtt(file->cues));
        REQUIRE(again.has_value());
        CHECK(again->cues == file->cues);
    }
}
