#include "catalog/text/csv.h"

#include <catch2/catch.hpp>

using namespace catalog::text;

namespace {

std::vector<CsvRow> read(const char* text) { return rows_of_csv(text).value(); }

} // namespace

TEST_CASE("a table is read as its programs write it", "[catalog]") {
    using Rows = std::vector<CsvRow>;
    CHECK(read("a,b\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\r\n") ==
          Rows{{"a", "b"}, {"x, \"y\"", "two\r\nlines"}});
    CHECK(read("\xEF\xBB\xBF" "a,,b\n\n,,\nc") == Rows{{"a", "", "b"}, {"c"}});
    CHECK(read("a\tb, c\n") == Rows{{"a\tb", " c"}});
    CHECK(read("a\tb\rc\td") == Rows{{"a", "b"}, {"c", "d"}});
    CHECK(read("") == Rows{});
}

TEST_CASE("a quote without an end is refused with its line, so that it swallows nobody", "[catalog]") {
    const auto refused = rows_of_csv("name\r\n\"two\r\nlines\"\r\n\"open\r\nmore\r\n");
    REQUIRE(refused.has_error());
    CHECK(refused.error().kind == catalog::Refusal::invalid);
    CHECK(refused.error().message == "4行目の「\"」が閉じていません。");
}

TEST_CASE("no cell of a written table is a formula, and each is read back", "[catalog]") {
    CHECK(csv_line({"環境課", "12", ""}) == "環境課,12,\r\n");
    CHECK(csv_line({"a,b", "say \"x\"", "two\nlines"}) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
    CHECK(csv_line({"=1+1", "+1", "-1", "@x", "\tx", "a=b"}) == "'=1+1,'+1,'-1,'@x,'\tx,a=b\r\n");
    CHECK(csv_line({"\r=1", "=HYPERLINK(\"x\",\"y\")"}) ==
          "\"'\r=1\",\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
    CHECK(csv_line({"＝1", "＋1", "－1", "＠x", "\n=1"}) == "'＝1,'＋1,'－1,'＠x,\"'\n=1\"\r\n");
    CHECK(csv_line({"", "", ""}) == ",,\r\n");
}

TEST_CASE("each row knows the line on which it begins, whatever ends lines", "[catalog]") {
    using Lines = std::vector<CsvLine>;
    const Lines expected{{1, {"a", "b"}}, {3, {"two\nlines", "c"}}, {5, {"d"}}};
    CHECK(lines_of_csv("a,b\n,\n\"two\nlines\",c\nd").value() == expected);
    CHECK(lines_of_csv("a,b\r\n,\r\n\"two\nlines\",c\r\nd\r\n").value() == expected);
    CHECK(lines_of_csv("a\rb\r\rc").value() == Lines{{1, {"a"}}, {2, {"b"}}, {4, {"c"}}});
    CHECK(lines_of_csv("\"a\r\nb\"\nc").value() == Lines{{1, {"a\r\nb"}}, {3, {"c"}}});
}

TEST_CASE("what keeps a cell from being a formula is taken off again", "[catalog]") {
    for (const auto* cell : {"=1+1", "+1", "-1", "@x", "＝1"}) {
        CHECK(without_guard("'" + std::string(cell)) == cell);
    }
    CHECK(without_guard("'a") == "'a");
    CHECK(without_guard("=1") == "=1");
}
