#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const QuestionId asked("q-1");

struct Routed : Sample {
    AdviserLinkStore& links = catalog.adviser_links;
    AdviserLink link{AdviserLinkId("link"), "鈴木先生", day_one, day_one + 24h, {}};

    Routed() {
        for (const auto* id : {"q-1", "q-2"}) {
            Question question;
            question.id = QuestionId(id);
            question.asked = day_one;
            question.text = "予算はどう確保しましたか。";
            REQUIRE(catalog.questions.ask(question).has_value());
        }
        REQUIRE(links.add(link, "hash", {asked}).has_value());
    }

    Result<void> answer(const std::string& text, time::UtcTime now = day_one + 1h, const QuestionId& id = asked) {
        return links.answer({link.id, id, text, {}}, now);
    }
};

} // namespace

TEST_CASE("an adviser's link opens until it expires or is revoked", "[store]") {
    Routed site;
    CHECK(site.links.opened_by("hash", day_one) == site.link);
    CHECK(site.links.opened_by("hash", site.link.expires - 1ms).has_value());
    CHECK_FALSE(site.links.opened_by("hash", site.link.expires).has_value());
    CHECK_FALSE(site.links.opened_by("other", day_one).has_value());
    REQUIRE(site.links.revoke(site.link.id, day_one + 2h).has_value());
    REQUIRE(site.links.revoke(site.link.id, day_one + 3h).has_value());
    CHECK_FALSE(site.links.opened_by("hash", day_one).has_value());
    CHECK(site.links.find(site.link.id)->revoked == day_one + 2h);
    CHECK(site.links.revoke(AdviserLinkId("none"), day_one).error().kind == Refusal::not_found);
}

TEST_CASE("an adviser answers what was routed to them, until it is published", "[store]") {
    Routed site;
    REQUIRE(site.answer("補助金です。").has_value());
    REQUIRE(site.answer("国の補助金です。", day_one + 2h).has_value());
    const RoutedQuestion kept{site.link.id, asked, "国の補助金です。", day_one + 2h};
    CHECK(site.links.routed_to(site.link.id) == std::vector{kept});
    CHECK(site.links.routed() == std::vector{kept});
    CHECK(site.answer("答", day_one, QuestionId("q-2")).error().kind == Refusal::not_found);
    CHECK(site.answer(" \n").error().kind == Refusal::invalid);
    CHECK(site.answer(std::string(AdviserLinkStore::longest_answer + 1, 'a')).error().kind == Refusal::invalid);
    CHECK(site.catalog.questions.find(asked)->answer.empty());
    REQUIRE(site.catalog.questions.edit(asked, "問", "答").has_value());
    REQUIRE(site.catalog.questions.publish({asked}, day_one).has_value());
    CHECK(site.answer("別の答").error().kind == Refusal::conflict);
    REQUIRE(site.catalog.questions.remove(asked).has_value());
    CHECK(site.links.routed_to(site.link.id).empty());
}

TEST_CASE("a link takes so many answers an hour", "[store]") {
    Routed site;
    for (int each = 0; each < AdviserLinkStore::most_an_hour; ++each) {
        REQUIRE(site.answer("答").has_value());
    }
    CHECK(site.answer("答").error().kind == Refusal::try_later);
    CHECK(site.answer("答", day_one + 3h).has_value());
}

TEST_CASE("a link is made whole or not at all", "[store]") {
    Routed site;
    const AdviserLink other{AdviserLinkId("other"), "佐藤先生", day_one, day_one + 24h, {}};
    const auto refusal = [&](const AdviserLink& link, const std::vector<QuestionId>& questions) {
        return site.links.add(link, "other hash", questions).error().kind;
    };
    CHECK(refusal(other, {}) == Refusal::invalid);
    CHECK(refusal(other, {QuestionId("q-2"), QuestionId("none")}) == Refusal::not_found);
    auto nameless = other;
    nameless.adviser.clear();
    CHECK(refusal(nameless, {asked}) == Refusal::invalid);
    REQUIRE(site.catalog.questions.edit(asked, "問", "答").has_value());
    REQUIRE(site.catalog.questions.publish({asked}, day_one).has_value());
    CHECK(refusal(other, {QuestionId("q-2"), asked}) == Refusal::conflict);
    CHECK(site.links.all() == std::vector{site.link});
}

TEST_CASE("an archive from before advisers had links gets the tables for them", "[store]") {
    Sample archive;
    archive.catalog.series.put(sample_series());
    archive.forget_adviser_links();
    Catalog again(archive.folder.catalog_file(), Catalog::Access::write);
    CHECK(again.adviser_links.all().empty());
    CHECK(again.materials.versions().empty());
    CHECK(again.series.all() == std::vector{sample_series()});
    CHECK(again.broken_rows().empty());
}
