#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

namespace catalog::store {

using namespace std::chrono_literals;

namespace {

const Department chiyoda{"131016", "環境課"};

Account viewer_account() {
    return {AccountId("v1"), "chiyoda", Role::viewer, chiyoda};
}
Account secretariat_account() {
    return {AccountId("s1"), "事務局", Role::secretariat, std::nullopt};
}

} // namespace

TEST_CASE("accounts are found by id and by name", "[store]") {
    Sample sample;
    AccountStore& accounts = sample.catalog.accounts;
    REQUIRE(accounts.add(viewer_account(), "$argon2id$1").has_value());
    REQUIRE(accounts.add(secretariat_account(), "$argon2id$2").has_value());
    CHECK(accounts.all() == std::vector{viewer_account(), secretariat_account()});
    CHECK(accounts.find(AccountId("v1")) == viewer_account());
    const auto credentials = accounts.credentials("事務局");
    REQUIRE(credentials.has_value());
    CHECK(credentials->account == secretariat_account());
    CHECK(credentials->password_hash == "$argon2id$2");
    CHECK_FALSE(accounts.credentials("CHIYODA").has_value());
}

TEST_CASE("an account that cannot be is refused", "[store]") {
    Sample sample;
    AccountStore& accounts = sample.catalog.accounts;
    REQUIRE(accounts.add(viewer_account(), "h").has_value());
    Account account = viewer_account();
    account.id = AccountId("v2");
    CHECK(accounts.add(account, "h").error().kind == Refusal::conflict);

    account.name = "two";
    account.department->municipality = "131017";
    CHECK(accounts.add(account, "h").error().kind == Refusal::not_found);
    account.department = Department{"131016", ""};
    CHECK(accounts.add(account, "h").error().kind == Refusal::invalid);
    account.department.reset();
    CHECK(accounts.add(account, "h").error().kind == Refusal::invalid);

    account = secretariat_account();
    account.name = "";
    CHECK(accounts.add(account, "h").error().kind == Refusal::invalid);
    std::string hundred;
    for (int i = 0; i < 100; ++i) {
        hundred += "務";
    }
    account.name = hundred + "務";
    CHECK(accounts.add(account, "h").error().kind == Refusal::invalid);
    for (const std::string& several : {std::string("two\nlines"), std::string("ends\0here", 9), std::string("tab\t")}) {
        account.name = several;
        CHECK(accounts.add(account, "h").error().kind == Refusal::invalid);
    }
    account.name = hundred;
    CHECK(accounts.add(account, "h").has_value());
}

TEST_CASE("wrong guesses are counted until a right one", "[store]") {
    Sample sample;
    AccountStore& accounts = sample.catalog.accounts;
    REQUIRE(accounts.add(viewer_account(), "h").has_value());
    accounts.note_failure(AccountId("v1"), day_one);
    accounts.note_failure(AccountId("v1"), day_one + 1min);
    CHECK(accounts.credentials("chiyoda")->failures == 2);
    CHECK(accounts.credentials("chiyoda")->locked_until == day_one + 1min);
    accounts.note_success(AccountId("v1"));
    CHECK(accounts.credentials("chiyoda")->failures == 0);
    CHECK_FALSE(accounts.credentials("chiyoda")->locked_until.has_value());
}

TEST_CASE("an account that is disabled neither signs in nor is signed in, until it is enabled", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    REQUIRE(catalog.accounts.add(viewer_account(), "h").has_value());
    catalog.sign_ins.add("token", AccountId("v1"), day_one + 1h);
    REQUIRE(catalog.accounts.disable(AccountId("v1"), day_one).has_value());
    CHECK_FALSE(catalog.accounts.credentials("chiyoda").has_value());
    CHECK_FALSE(catalog.sign_ins.viewer("token", day_one).has_value());
    // Its name stays taken.
    Account other = viewer_account();
    other.id = AccountId("v2");
    CHECK(catalog.accounts.add(other, "h").error().kind == Refusal::conflict);
    REQUIRE(catalog.accounts.enable(AccountId("v1")).has_value());
    CHECK(catalog.accounts.credentials("chiyoda").has_value());
    CHECK(catalog.accounts.disable(AccountId("nobody"), day_one).error().kind == Refusal::not_found);
    CHECK(catalog.accounts.enable(AccountId("nobody")).error().kind == Refusal::not_found);
}

TEST_CASE("the last of the secretariat that signs in is not disabled", "[store]") {
    Sample sample;
    AccountStore& accounts = sample.catalog.accounts;
    REQUIRE(accounts.add(secretariat_account(), "h").has_value());
    // Neither one without a password nor one of another role does its work.
    REQUIRE(accounts.add({AccountId("s2"), "新任", Role::secretariat, std::nullopt}, "").has_value());
    REQUIRE(accounts.add({AccountId("o1"), "主催", Role::organiser, std::nullopt}, "h").has_value());
    CHECK(accounts.disable(AccountId("s1"), day_one).error().kind == Refusal::conflict);
    REQUIRE(accounts.put_password_link(AccountId("s2"), "link", day_one + 1h).has_value());
    REQUIRE(accounts.set_password("link", "h2", day_one).has_value());
    REQUIRE(accounts.disable(AccountId("s1"), day_one).has_value());
    CHECK(accounts.disable(AccountId("s2"), day_one).error().kind == Refusal::conflict);
    CHECK(accounts.credentials("新任")->password_hash == "h2");
}

TEST_CASE("a password link counts once, for its time, until a newer one", "[store]") {
    Sample sample;
    AccountStore& accounts = sample.catalog.accounts;
    REQUIRE(accounts.add(secretariat_account(), "h").has_value());
    REQUIRE(accounts.put_password_link(AccountId("s1"), "old", day_one + 1h).has_value());
    REQUIRE(accounts.put_password_link(AccountId("s1"), "new", day_one + 1h).has_value());
    CHECK_FALSE(accounts.of_password_link("old", day_one).has_value());
    CHECK(accounts.of_password_link("new", day_one) == secretariat_account());
    CHECK_FALSE(accounts.of_password_link("new", day_one + 1h).has_value());
    CHECK(accounts.set_password("new", "h2", day_one + 1h).error().kind == Refusal::not_found);
    REQUIRE(accounts.set_password("new", "h2", day_one).has_value());
    CHECK(accounts.set_password("new", "h3", day_one).error().kind == Refusal::not_found);
    CHECK(accounts.credentials("事務局")->password_hash == "h2");
}

TEST_CASE("those with a password of their own are kept apart from departments and their people", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    REQUIRE(catalog.accounts.add(viewer_account(), "h").has_value());
    REQUIRE(catalog.accounts.add(secretariat_account(), "").has_value());
    REQUIRE(catalog.departments.put({"131024", "総務課"}, {"code", "invitation"}, day_one).has_value());
    const auto department = catalog.departments.find({"131024", "総務課"});
    REQUIRE(catalog.departments.person(*department, "山田").has_value());
    catalog.accounts.note_sign_in(AccountId("v1"), day_one);
    CHECK(catalog.accounts.kept() ==
          std::vector<AccountStore::Kept>{{viewer_account(), true, std::nullopt, day_one},
                                          {secretariat_account(), false, std::nullopt, std::nullopt}});
    CHECK(catalog.accounts.disable(department->account, day_one).error().kind == Refusal::not_found);
}

TEST_CASE("a second step counts once it is confirmed, each of its codes once", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    const AccountId id("s1");
    REQUIRE(catalog.accounts.add(secretariat_account(), "h").has_value());
    auto& steps = catalog.second_steps;
    CHECK_FALSE(steps.find(id).has_value());
    CHECK(steps.confirm(id, 5, {"a"}, day_one).error().kind == Refusal::conflict);
    REQUIRE(steps.begin(id, "OLD").has_value());
    REQUIRE(steps.begin(id, "NEW").has_value());
    CHECK(steps.find(id) == SecondStepStore::SecondStep{"NEW", std::nullopt, 0});
    REQUIRE(steps.confirm(id, 5, {"a", "b"}, day_one).has_value());
    CHECK(steps.find(id) == SecondStepStore::SecondStep{"NEW", day_one, 2});
    CHECK(steps.begin(id, "OTHER").error().kind == Refusal::conflict);
    CHECK(steps.confirm(id, 9, {"c"}, day_one).error().kind == Refusal::conflict);

    // What confirmed it, and what is older, is void.
    CHECK_FALSE(steps.use_step(id, 5));
    CHECK_FALSE(steps.use_step(id, 4));
    CHECK(steps.use_step(id, 6));
    CHECK_FALSE(steps.use_step(id, 6));
    CHECK(steps.use_recovery(id, "a"));
    CHECK_FALSE(steps.use_recovery(id, "a"));
    CHECK(steps.find(id)->recovery_codes == 1);
    steps.remove(id);
    CHECK_FALSE(steps.use_recovery(id, "b"));
    CHECK_FALSE(steps.find(id).has_value());
}

TEST_CASE("accounts of the older form keep whatever refers to them", "[store]") {
    Sample sample;
    {
        Catalog& catalog = sample.catalog;
        REQUIRE(catalog.accounts.add(viewer_account(), "h").has_value());
        catalog.accounts.note_failure(AccountId("v1"), day_one);
        catalog.sign_ins.add("token", AccountId("v1"), day_one + 1h);
        REQUIRE(catalog.departments.put({"131024", "総務課"}, {"code", "invitation"}, day_one).has_value());
    }
    sample.forget_desk_accounts();
    Catalog again(sample.folder.catalog_file(), Catalog::Access::write);
    CHECK(again.accounts.credentials("chiyoda")->failures == 1);
    CHECK(again.sign_ins.viewer("token", day_one).has_value());
    CHECK(again.departments.of_invitation("invitation").has_value());
    CHECK(again.accounts.add({AccountId("o1"), "主催", Role::organiser, std::nullopt}, "h").has_value());
    CHECK(again.broken_rows().empty());
    // References are looked after again.
    REQUIRE(again.departments.remove({"131024", "総務課"}).has_value());
    CHECK_THROWS(again.sign_ins.add("other", AccountId("nobody"), day_one));
}

TEST_CASE("a sign-in gives the viewer with department and registrations", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    REQUIRE(catalog.accounts.add(viewer_account(), "h").has_value());
    REQUIRE(catalog.accounts.add(secretariat_account(), "h").has_value());
    catalog.series.put(sample_series());
    catalog.sign_ins.add("hash-v", AccountId("v1"), day_one + 1h);
    catalog.sign_ins.add("hash-s", AccountId("s1"), day_one + 2h);

    CHECK(catalog.sign_ins.viewer("hash-v", day_one) ==
          Viewer{Viewer::Kind::staff, AccountId("v1"), "chiyoda", chiyoda, {}});
    REQUIRE(catalog.municipalities.add_registration({chiyoda, SeriesId("adaptation")}).has_value());
    CHECK(catalog.sign_ins.viewer("hash-v", day_one)->registered_series ==
          std::vector{SeriesId("adaptation")});
    CHECK(catalog.sign_ins.viewer("hash-s", day_one) ==
          Viewer{Viewer::Kind::secretariat, AccountId("s1"), "事務局", std::nullopt, {}});

    CHECK_FALSE(catalog.sign_ins.viewer("hash-v", day_one + 1h).has_value());
    CHECK_FALSE(catalog.sign_ins.viewer("hash-x", day_one).has_value());
    catalog.sign_ins.remove_expired(day_one + 1h);
    CHECK_FALSE(catalog.sign_ins.viewer("hash-v", day_one).has_value());
    catalog.sign_ins.remove("hash-s");
    CHECK_FALSE(catalog.sign_ins.viewer("hash-s", day_one).has_value());
}

TEST_CASE("a department is registered once, for a series and a municipality that exist",
          "[store]") {
    Sample sample;
    MunicipalityStore& municipalities = sample.catalog.municipalities;
    sample.catalog.series.put(sample_series());
    const Registration registration{chiyoda, SeriesId("adaptation")};
    CHECK(municipalities.add_registration(registration).has_value());
    CHECK(municipalities.add_registration(registration).has_value());
    CHECK(municipalities.registrations() == std::vector{registration});
    CHECK(municipalities.registered_series(chiyoda) == std::vector{SeriesId("adaptation")});
    CHECK(municipalities.registered_series({"131016", "防災課"}).empty());

    CHECK(
        municipalities.add_registration({{"000000", "課"}, SeriesId("adaptation")}).error().kind ==
        Refusal::not_found);
    CHECK(municipalities.add_registration({chiyoda, SeriesId("none")}).error().kind ==
          Refusal::not_found);
}

} // namespace catalog::store
