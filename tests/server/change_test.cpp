#include "server/control/change.h"

#include <catch2/catch.hpp>

using namespace server::control;

TEST_CASE("a change of the command line arrives as it was sent", "[server]") {
    const Change change = GENERATE(
        Change(Import{"{\"a\": \"改行\n\"}"}),
        Change(AddAccount{"jimukyoku", catalog::Role::secretariat, std::nullopt, "$argon2id$x"}),
        Change(AddAccount{"千代田", catalog::Role::viewer,
                          catalog::Department{"131016", "環境課"}, "$argon2id$y"}),
        Change(EndSecondStep{"jimukyoku"}),
        Change(AddRegistration{{{"131016", "環境課"}, catalog::SeriesId("adaptation")}}),
        Change(SetStreamKey{catalog::VideoId("live-ada2"), "0a1b"}),
        Change(EndLive{catalog::VideoId("live-ada2")}));
    const auto line = to_line(change);
    CHECK(line.find('\n') == line.size() - 1);
    const auto read = read_change(line);
    REQUIRE(read.has_value());
    CHECK(*read == change);
}

TEST_CASE("an answer arrives as it was sent", "[server]") {
    const Answer answer = GENERATE(Answer{"Done.", {}}, Answer{"", {"One.", "Two."}});
    CHECK(*read_answer(to_line(answer)) == answer);
}

TEST_CASE("what is no change is refused", "[server]") {
    const std::string_view line = GENERATE("", "[]", "{}", R"({"change":"dance"})",
                                           R"({"change":"import"})", R"({"change":"import","text":1})",
                                           R"({"change":"account.add","name":"a","role":"king","password_hash":"x"})");
    CAPTURE(line);
    CHECK(read_change(line).has_error());
}
