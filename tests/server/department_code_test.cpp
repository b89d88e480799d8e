#include "server/access/department_code.h"

#include <catch2/catch.hpp>

#include <set>

using namespace server::access;

TEST_CASE("a department's code is understood however it is typed", "[access]") {
    CHECK(typed_code("K7QF9-3MTXW").reveal() == "K7QF9-3MTXW");
    CHECK(typed_code("k7qf93mtxw").reveal() == "K7QF9-3MTXW");
    CHECK(typed_code(" k7qf9 3mtxw ").reveal() == "K7QF9-3MTXW");
    CHECK(typed_code("Ｋ７ＱＦ９－３ｍｔｘｗ").reveal() == "K7QF9-3MTXW");
    CHECK(typed_code("K7-QF-93-MT-XW").reveal() == "K7QF9-3MTXW");
}

TEST_CASE("what is no code is left as it is", "[access]") {
    for (const std::string text : {"", "-", "K7QF9", "K7QF9-3MTXW2", "O0O0O-0O0O0", "合言葉", "\xef\xbc", "\xff"}) {
        CHECK(typed_code(text).reveal() == text);
    }
}

TEST_CASE("codes differ, and are read back as they were made", "[access]") {
    std::set<std::string> codes;
    for (int round = 0; round < 500; ++round) {
        const auto code = random_department_code();
        CHECK(code.size() == 11);
        CHECK(typed_code(code).reveal() == code);
        codes.insert(code);
    }
    CHECK(codes.size() == 500);
}
