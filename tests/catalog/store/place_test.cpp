#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

AccountId add_account(Sample& sample, const std::string& name) {
    Account account;
    account.id = AccountId(name);
    account.name = name;
    account.role = Role::secretariat;
    REQUIRE(sample.catalog.accounts.add(account, "hash").has_value());
    return account.id;
}

} // namespace

TEST_CASE("each account has a place of its own in each video", "[store]") {
    Sample sample;
    const auto hana = add_account(sample, "hana");
    const auto taro = add_account(sample, "taro");
    const VideoId first("lec-01");
    const VideoId second("lec-02");
    sample.catalog.videos.put(sample_video(first.text()));
    sample.catalog.videos.put(sample_video(second.text()));
    auto& places = sample.catalog.places;
    CHECK_FALSE(places.find(hana, first));
    places.put(hana, first, 754s);
    places.put(hana, first, 1200ms);
    places.put(hana, second, 5s);
    CHECK(places.find(hana, first) == 1200ms);
    CHECK(places.find(hana, second) == 5s);
    CHECK_FALSE(places.find(taro, first));
    places.remove(hana, first);
    places.remove(hana, first);
    CHECK_FALSE(places.find(hana, first));
    sample.catalog.videos.remove(second);
    CHECK_FALSE(places.find(hana, second));
    CHECK(sample.catalog.broken_rows().empty());
}
