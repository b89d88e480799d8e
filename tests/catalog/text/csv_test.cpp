#include "catalog/text/csv.h"

#include <catch2/catch.hpp>

using namespace catalog::text;

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
