#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

struct Asked : Sample {
    Asked() {
        Account account;
        account.id = AccountId("hana");
        account.name = "hana";
        account.role = Role::viewer;
        account.department = Department{"131016", "環境課"};
        REQUIRE(catalog.accounts.add(account, "hash").has_value());
        catalog.videos.put(sample_video("lec-01"));
    }

    Question question(const std::string& id, time::UtcTime asked = day_one) const {
        return {.id = QuestionId(id),
                .video = VideoId("lec-01"),
                .at = 754s,
                .account = AccountId("hana"),
                .department = Department{"131016", "環境課"},
                .asked = asked,
                .text = "予算はどう確保しましたか。",
                .answer = "",
                .batch = {}};
    }
    QuestionStore& questions = catalog.questions;
};

} // namespace

TEST_CASE("a question is asked, answered and published in a batch", "[store]") {
    Asked site;
    REQUIRE(site.questions.ask(site.question("q-1")).has_value());
    REQUIRE(site.questions.ask(site.question("q-2", day_one + 1h)).has_value());
    CHECK(site.questions.find(QuestionId("q-1")) == site.question("q-1"));
    CHECK(site.questions.published().empty());
    CHECK(site.questions.publish({QuestionId("q-1")}, day_one).error().kind == Refusal::conflict);
    REQUIRE(site.questions.edit(QuestionId("q-1"), "予算の確保は？", "補助金です。").has_value());
    CHECK(site.questions.publish({QuestionId("q-1")}, day_one + 2h).value() == 1);
    CHECK(site.questions.publish({QuestionId("q-1")}, day_one).error().kind == Refusal::conflict);
    REQUIRE(site.questions.published_of(VideoId("lec-01")).size() == 1);
    CHECK(site.questions.published().front().text == "予算の確保は？");
    CHECK(site.questions.batches() == std::map<int, time::UtcTime>{{1, day_one + 2h}});
    CHECK(site.questions.of_account(AccountId("hana")).size() == 2);
    // A published answer may be mended, not emptied.
    CHECK(site.questions.edit(QuestionId("q-1"), "予算の確保は？", "").error().kind == Refusal::invalid);
    REQUIRE(site.questions.edit(QuestionId("q-1"), "予算の確保は？", "国の補助金です。").has_value());
}

TEST_CASE("a batch is published as a whole or not at all", "[store]") {
    Asked site;
    REQUIRE(site.questions.ask(site.question("q-1")).has_value());
    REQUIRE(site.questions.edit(QuestionId("q-1"), "問", "答").has_value());
    CHECK(site.questions.publish({QuestionId("q-1"), QuestionId("nowhere")}, day_one).error().kind == Refusal::not_found);
    CHECK(site.questions.published().empty());
    CHECK(site.questions.batches().empty());
    CHECK(site.questions.publish({}, day_one).error().kind == Refusal::invalid);
    CHECK(site.questions.publish({QuestionId("q-1")}, day_one).value() == 1);
}

TEST_CASE("what is no question is refused, and so are too many", "[store]") {
    Asked site;
    auto empty = site.question("q");
    empty.text = " \n\t";
    CHECK(site.questions.ask(empty).error().kind == Refusal::invalid);
    auto longest = site.question("longest");
    longest.text.clear();
    for (int letter = 0; letter < 2'000; ++letter) {
        longest.text += "長";
    }
    REQUIRE(site.questions.ask(longest).has_value());
    longest.id = QuestionId("longer");
    longest.text += "長";
    CHECK(site.questions.ask(longest).error().kind == Refusal::invalid);
    for (int more = 1; more < QuestionStore::most_a_day; ++more) {
        REQUIRE(site.questions.ask(site.question("q-" + std::to_string(more))).has_value());
    }
    CHECK(site.questions.ask(site.question("one-more")).error().kind == Refusal::try_later);
    CHECK(site.questions.ask(site.question("one-more", day_one + 25h)).has_value());
}

TEST_CASE("a question outlives its video and who asked", "[store]") {
    Asked site;
    REQUIRE(site.questions.ask(site.question("q-1")).has_value());
    REQUIRE(site.catalog.videos.remove(VideoId("lec-01")).has_value());
    const auto kept = site.questions.find(QuestionId("q-1"));
    REQUIRE(kept);
    CHECK(kept->video.empty());
    CHECK(site.catalog.broken_rows().empty());
    REQUIRE(site.questions.remove(QuestionId("q-1")).has_value());
    CHECK(site.questions.remove(QuestionId("q-1")).error().kind == Refusal::not_found);
}
