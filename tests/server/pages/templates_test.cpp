#include "server/pages/templates.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using server::pages::Data;
using server::pages::Messages;
using server::pages::Templates;

namespace {

Data name_of(const std::string& name) {
    Data data(Data::type::object);
    data["name"] = Data(name);
    return data;
}

} // namespace

TEST_CASE("what people wrote is escaped wherever a template prints it", "[pages]") {
    test::TemporaryFolder folder;
    folder.write("page.mustache", "<p title=\"{{name}}\">{{name}}</p>");
    const auto templates = Templates::load(folder.path());
    const auto html = templates.render("page", name_of("<script>'\"&"), server::pages::none());
    CHECK(html == "<p title=\"&lt;script&gt;&apos;&quot;&amp;\">&lt;script&gt;&apos;&quot;&amp;</p>");
}

TEST_CASE("what looks like a template in a text stays text", "[pages]") {
    test::TemporaryFolder folder;
    folder.write("page.mustache", "{{name}}");
    const auto templates = Templates::load(folder.path());
    CHECK(templates.render("page", name_of("{{t.secret}}"), server::pages::none()) == "{{t.secret}}");
}

TEST_CASE("partials stand inside partials and see the same names", "[pages]") {
    test::TemporaryFolder folder;
    folder.write("page.mustache", "{{> top}}\nbody\n{{> bottom}}\n");
    folder.write("top.mustache", "{{> title}} top\n");
    folder.write("title.mustache", "{{t.hello}} {{name}}");
    folder.write("bottom.mustache", "bottom\n");
    const auto templates = Templates::load(folder.path());
    const auto texts = server::pages::as_data(Messages(Messages::Texts{{"hello", "やあ"}}));
    CHECK(templates.render("page", name_of("記録"), texts) == "やあ 記録 top\nbody\nbottom\n");
}

TEST_CASE("templates that cannot be rendered are refused when they are read", "[pages]") {
    test::TemporaryFolder folder;
    SECTION("a partial that is not there") { folder.write("page.mustache", "{{> nowhere}}"); }
    SECTION("a partial that holds itself") { folder.write("page.mustache", "{{> page}}"); }
    SECTION("a section without an end") { folder.write("page.mustache", "{{#open}}"); }
    CHECK_THROWS_AS(Templates::load(folder.path()), std::runtime_error);
}

TEST_CASE("a message takes its values, and a key that is not there is our mistake", "[pages]") {
    const Messages messages(Messages::Texts{{"left", "残り{days}日"}, {"twice", "{a}と{a}"}});
    CHECK(messages.text("left", {{"days", "64"}}) == "残り64日");
    CHECK(messages.text("twice", {{"a", "{a}"}}) == "{a}と{a}");
    CHECK_THROWS_AS(messages.text("right"), std::logic_error);
}
