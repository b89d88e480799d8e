#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

AuditLog::Entry entry(time::UtcTime at, const std::string& account, const std::string& action,
                      const std::string& before = "", const std::string& after = "") {
    return {at, AccountId(account), action, "lec-01", before, after};
}

std::vector<std::string> actions(const std::vector<AuditLog::Kept>& found) {
    std::vector<std::string> actions;
    for (const auto& kept : found) {
        actions.push_back(kept.entry.action);
    }
    return actions;
}

using Actions = std::vector<std::string>;

} // namespace

TEST_CASE("the log is read from its newest entry on, a page after the other", "[store]") {
    Sample site;
    for (int each = 0; each < 5; ++each) {
        site.catalog.audit.append(entry(day_one + each * 1h, "hana", "video.a" + std::to_string(each)));
    }
    const auto newest = site.catalog.audit.find(AuditLog::Wanted{}, 2);
    CHECK(actions(newest) == Actions{"video.a4", "video.a3"});
    const auto older = site.catalog.audit.find(AuditLog::Wanted{.before = newest.back().number}, 9);
    CHECK(actions(older) == Actions{"video.a2", "video.a1", "video.a0"});
    CHECK(site.catalog.audit.find(older.front().number) == older.front());
    CHECK_FALSE(site.catalog.audit.find(newest.front().number + 1).has_value());
}

TEST_CASE("the log is narrowed by who, what and when", "[store]") {
    Sample site;
    auto& audit = site.catalog.audit;
    audit.append(entry(day_one, "", "catalog.import", "", R"({"videos":6})"));
    audit.append(entry(day_one + 1h, "hana", "video.create", "", R"({"published":false})"));
    audit.append(entry(day_one + 2h, "hana", "video.update", R"({"published":false,"title":"a"})",
                       R"({"published":true,"title":"a"})"));
    audit.append(entry(day_one + 3h, "taro", "video.update", R"({"published":true,"title":"a"})",
                       R"({"published":true,"title":"b"})"));
    audit.append(entry(day_one + 4h, "taro", "video.update", R"({"window":null})",
                       R"({"window":{"opens_at":null,"closes_at":"2021-12-28T15:00:00Z"}})"));
    audit.append(entry(day_one + 5h, "taro", "videos.other"));
    const auto found = [&audit](const AuditLog::Wanted& wanted) { return actions(audit.find(wanted, 99)); };
    CHECK(found({.account = AccountId()}) == Actions{"catalog.import"});
    CHECK(found({.account = AccountId("hana")}) == Actions{"video.update", "video.create"});
    CHECK(found({.kinds = {"catalog", "nothing"}}) == Actions{"catalog.import"});
    CHECK(found({.kinds = {"video"}}).size() == 4);
    CHECK(audit.find({.of = AuditLog::Wanted::Of::publishing}, 99).size() == 2);
    CHECK(found({.from = day_one + 1h, .until = day_one + 2h}) == Actions{"video.create"});
    CHECK(audit.accounts() == std::vector<AccountId>{AccountId(), AccountId("hana"), AccountId("taro")});
}
