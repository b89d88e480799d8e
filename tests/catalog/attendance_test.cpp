#include "catalog/attendance.h"
#include "catalog/csv.h"
#include "catalog/encoding.h"

#include <catch2/catch.hpp>

using namespace catalog;

namespace {

Municipality municipality(const std::string& code, const std::string& name) {
    return {code, name, "", "", "ward", "区部", 1};
}

const std::vector<Municipality> some{municipality("131016", "千代田区"),
                                     municipality("131024", "中央区"),
                                     municipality("134023", "青ヶ島村")};

Participants read(const std::string& list) { return read_participants(list, some).value(); }

} // namespace

TEST_CASE("a table is read as its programs write it", "[catalog]") {
    using Rows = std::vector<CsvRow>;
    CHECK(rows_of_csv("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n") ==
          Rows{{"a", "b"}, {"x, \"y\"", "two\r\nlines"}});
    CHECK(rows_of_csv("\xEF\xBB\xBF" "a,,b\n\n,,\nc") == Rows{{"a", "", "b"}, {"c"}});
    CHECK(rows_of_csv("a\tb, c\n") == Rows{{"a\tb", " c"}});
    CHECK(rows_of_csv("a\tb\rc\td") == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(rows_of_csv("\"open, to the end") == Rows{{"open, to the end"}});
    CHECK(rows_of_csv("").empty());
}

TEST_CASE("no cell of a written table is a formula, and each is read back", "[catalog]") {
    CHECK(csv_line({"環境課", "12", ""}) == "環境課,12,\r\n");
    CHECK(csv_line({"a,b", "say \"x\"", "two\nlines"}) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    CHECK(csv_line({"=1+1", "+1", "-1", "@x", "\tx", "a=b"}) == "'=1+1,'+1,'-1,'@x,'\tx,a=b\r\n");
    CHECK(csv_line({"\r=1", "=HYPERLINK(\"x\",\"y\")"}) ==
          "\"'\r=1\",\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
    CHECK(csv_line({"", "", ""}) == ",,\r\n");
}

TEST_CASE("text of offices is read in both of its encodings", "[catalog]") {
    CHECK(utf8_of("環境課") == "環境課");
    CHECK(utf8_of("\x8A\xC2\x8B\xAB\x89\xDB") == "環境課");
    CHECK(utf8_of("\xB6\xDD") == "ｶﾝ");
    CHECK(utf8_of("\x87\x40") == "①");
    CHECK(utf8_of("") == "");
    CHECK_FALSE(utf8_of("\xFF\xFF\xFF"));
}

TEST_CASE("participants are counted by the municipality in their names", "[catalog]") {
    const std::string list =
        "ミーティングID,トピック,開始時刻,ユーザーのメール\r\n"
        "999,第2回,2021/10/27 13:00:00,jimukyoku@example.jp\r\n"
        "\r\n"
        "名前（元の名前）,メール,参加時刻,退出時刻\r\n"
        "千代田区 環境課 山田,,2021/10/27 13:20,2021/10/27 13:40\r\n"
        "千代田区 環境課 山田,,2021/10/27 13:41,2021/10/27 16:31\r\n"
        "千代田区　企画課　佐藤,sato@example.jp,2021/10/27 13:20,\r\n"
        "佐藤(中央区),sato@example.jp,2021/10/27 13:50,\r\n"
        "鈴木 中央区,suzuki@example.jp,2021/10/27 13:50,\r\n"
        "青ケ島村総務課,,2021/10/27 13:50,\r\n"
        "講師A,,2021/10/27 13:50,\r\n"
        "千代田区と中央区,,2021/10/27 13:50,\r\n";
    const Participants expected{{{"131016", 2}, {"131024", 1}, {"134023", 1}},
                                {"講師A", "千代田区と中央区"}};
    CHECK(read(list) == expected);
    CHECK(read("Name (Original Name),User Email,Join Time\n中央区 田中,t@example.jp,1\n") ==
          Participants{{{"131024", 1}}, {}});
    CHECK(read("名前\n") == Participants());
}

TEST_CASE("participants are read from a list in Shift_JIS", "[catalog]") {
    // 名前,メール / 千代田区 山田,
    const std::string list = "\x96\xBC\x91\x4F,\x83\x81\x81\x5B\x83\x8B\r\n"
                             "\x90\xE7\x91\xE3\x93\x63\x8B\xE6 \x8E\x52\x93\x63,\r\n";
    CHECK(read(list) == Participants{{{"131016", 1}}, {}});
}

TEST_CASE("what is no list of participants is refused", "[catalog]") {
    const auto refused = [](const std::string& list) {
        return read_participants(list, some).error().kind == Refusal::invalid;
    };
    CHECK(refused(""));
    CHECK(refused("a,b\n1,2\n"));
    CHECK(refused("\xFF\xFF\xFF"));
}
