#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const Department environment{"131016", "環境課"};
const Department planning{"131016", "企画課"};

} // namespace

TEST_CASE("a department has a code, a link, and people who come back by name", "[store]") {
    Sample sample;
    auto& departments = sample.catalog.departments;
    auto& accounts = sample.catalog.accounts;
    REQUIRE(departments.put(environment, {"code-hash", "link-hash"}, day_one).has_value());
    REQUIRE(departments.put(planning, {"other", "other-link"}, day_one).has_value());
    const auto access = departments.of_invitation("link-hash");
    REQUIRE(access);
    CHECK(access->department == environment);
    CHECK(departments.of_account(access->account) == access);
    CHECK(accounts.credentials("千代田区 環境課")->password_hash == "code-hash");

    const auto hana = departments.person(*access, "山田 花子");
    REQUIRE(hana.has_value());
    CHECK(departments.person(*access, "山田 花子").value() == hana.value());
    CHECK(departments.person(*access, "別の人").value() != hana.value());
    CHECK(accounts.find(hana.value())->department == environment);
    CHECK(accounts.credentials("千代田区 環境課 / 山田 花子")->password_hash.empty());
    CHECK(departments.find(environment)->people == 2);
    CHECK(departments.find(planning)->people == 0);
    CHECK_FALSE(departments.person(*access, std::string(200, 'x')).has_value());

    // A new code leaves the accounts as they are.
    REQUIRE(departments.put(environment, {"new-code", "new-link"}, day_one + 1h).has_value());
    CHECK_FALSE(departments.of_invitation("link-hash"));
    CHECK(departments.of_invitation("new-link")->account == access->account);
    CHECK(accounts.credentials("千代田区 環境課")->password_hash == "new-code");
    CHECK(departments.find(environment)->people == 2);
}

TEST_CASE("a department's registrations are set, and go with it", "[store]") {
    Sample sample;
    auto& departments = sample.catalog.departments;
    auto& municipalities = sample.catalog.municipalities;
    sample.catalog.series.put(sample_series("adaptation"));
    sample.catalog.series.put(sample_series("mitigation"));
    REQUIRE(departments.put(environment, {"a", "b"}, day_one).has_value());
    REQUIRE(departments.register_for(environment, {SeriesId("adaptation"), SeriesId("mitigation")}).has_value());
    REQUIRE(departments.register_for(environment, {SeriesId("mitigation")}).has_value());
    CHECK(municipalities.registered_series(environment) == std::vector{SeriesId("mitigation")});
    // One that is not there changes nothing.
    CHECK(departments.register_for(environment, {SeriesId("nowhere")}).error().kind == Refusal::not_found);
    CHECK(municipalities.registered_series(environment) == std::vector{SeriesId("mitigation")});

    const auto person = departments.person(*departments.find(environment), "山田").value();
    sample.catalog.sign_ins.add("session", person, day_one + 1h);
    REQUIRE(departments.remove(environment).has_value());
    CHECK_FALSE(sample.catalog.sign_ins.viewer("session", day_one));
    CHECK_FALSE(sample.catalog.accounts.find(person));
    CHECK(municipalities.registered_series(environment).empty());
    CHECK(departments.remove(environment).error().kind == Refusal::not_found);
    CHECK(departments.all().empty());
    CHECK(sample.catalog.broken_rows().empty());
}

TEST_CASE("what is no department is refused, and nothing of it stays", "[store]") {
    Sample sample;
    auto& departments = sample.catalog.departments;
    CHECK(departments.put({"999999", "環境課"}, {"a", "b"}, day_one).error().kind == Refusal::not_found);
    CHECK(departments.put({"131016", ""}, {"a", "b"}, day_one).error().kind == Refusal::invalid);
    CHECK(departments.put({"131016", "環境 / 課"}, {"a", "b"}, day_one).error().kind == Refusal::invalid);
    Account taken;
    taken.id = AccountId("taken");
    taken.name = "千代田区 環境課";
    taken.role = Role::secretariat;
    REQUIRE(sample.catalog.accounts.add(taken, "hash").has_value());
    CHECK(departments.put(environment, {"a", "b"}, day_one).error().kind == Refusal::conflict);
    CHECK(departments.all().empty());
}
