#include "server/access/grant.h"
#include "server/access/live_sessions.h"
#include "server/access/verified_grants.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace server::access;

namespace {

Grant grant_for(const std::string& video) {
    Grant grant;
    grant.video = catalog::VideoId(video);
    grant.expires = *catalog::time::parse_rfc3339("2021-12-29T00:00:00.123+09:00");
    grant.session = session_tag("a session");
    return grant;
}

bool is_good(const GrantKeys& keys, const std::string& text, const std::string& video) {
    const auto read = GrantKeys::read(text, video);
    return read && keys.verify(*read);
}

} // namespace

TEST_CASE("a grant says what was signed, for its video alone", "[server]") {
    const test::TemporaryFolder folder;
    const GrantKeys keys = GrantKeys::load(folder.path());
    Grant grant = grant_for("lec-01");
    grant.kind = GENERATE(Grant::Kind::viewing, Grant::Kind::preview);
    const std::string text = keys.sign(grant);
    CHECK(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    REQUIRE(is_good(keys, text, "lec-01"));
    CHECK(GrantKeys::read(text, "lec-01")->grant == grant);
    CHECK_FALSE(is_good(keys, text, "lec-02"));
    CHECK_FALSE(is_good(keys, text, ""));
}

TEST_CASE("a grant with any character changed, added or missing is worth nothing", "[server]") {
    const test::TemporaryFolder folder;
    const GrantKeys keys = GrantKeys::load(folder.path());
    const std::string text = keys.sign(grant_for("lec-01"));
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ ";
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char letter : alphabet) {
            std::string changed = text;
            changed[at] = letter;
            if (changed != text && is_good(keys, changed, "lec-01")) {
                FAIL("good with '" << letter << "' at " << at);
            }
        }
        CHECK_FALSE(is_good(keys, text.substr(0, at), "lec-01"));
    }
    CHECK_FALSE(is_good(keys, text + "A", "lec-01"));
    CHECK_FALSE(is_good(keys, "", "lec-01"));
}

TEST_CASE("keys last over a restart, and the one before the last is still accepted", "[server]") {
    const test::TemporaryFolder folder;
    const std::string by_first = GrantKeys::load(folder.path()).sign(grant_for("lec-01"));
    CHECK(is_good(GrantKeys::load(folder.path()), by_first, "lec-01"));
    const GrantKeys second = GrantKeys::rotate(folder.path());
    CHECK(is_good(second, by_first, "lec-01"));
    const std::string by_second = second.sign(grant_for("lec-01"));
    CHECK(by_second != by_first);
    const GrantKeys third = GrantKeys::rotate(folder.path());
    CHECK_FALSE(is_good(third, by_first, "lec-01"));
    CHECK(is_good(third, by_second, "lec-01"));
}

TEST_CASE("the file of keys is its owner's alone", "[server]") {
    namespace fs = std::filesystem;
    const test::TemporaryFolder folder;
    GrantKeys::load(folder.path());
    const fs::path file = folder / "grant-keys";
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    CHECK_THROWS_AS(GrantKeys::load(folder.path()), std::runtime_error);
    fs::permissions(file, fs::perms::group_read, fs::perm_options::remove);
    folder.write("grant-keys", "1 abcd\n");
    CHECK_THROWS_AS(GrantKeys::load(folder.path()), std::runtime_error);
}

TEST_CASE("a grant that was verified before is told from one that is like it", "[server]") {
    const test::TemporaryFolder folder;
    const GrantKeys keys = GrantKeys::load(folder.path());
    const Grant grant = grant_for("lec-01");
    const std::string text = keys.sign(grant);
    VerifiedGrants verified;
    for (int again = 0; again < 2; ++again) {
        CHECK(verified.read(keys, text, "lec-01") == grant);
        CHECK_FALSE(verified.read(keys, text, "lec-02"));
        for (std::size_t at = 0; at < text.size(); ++at) {
            std::string changed = text;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            CHECK_FALSE(verified.read(keys, changed, "lec-01"));
        }
    }
    const GrantKeys newer = GrantKeys::rotate(folder.path());
    CHECK(verified.read(newer, text, "lec-01") == grant);
    CHECK_FALSE(verified.read(GrantKeys::rotate(folder.path()), text, "lec-01"));
}

TEST_CASE("keys of another site sign nothing here", "[server]") {
    const test::TemporaryFolder ours;
    const test::TemporaryFolder theirs;
    const std::string text = GrantKeys::load(theirs.path()).sign(grant_for("lec-01"));
    CHECK_FALSE(is_good(GrantKeys::load(ours.path()), text, "lec-01"));
}

TEST_CASE("a live session is one until it ends", "[server]") {
    LiveSessions sessions;
    const SessionTag clerk = session_tag("clerk");
    CHECK_FALSE(sessions.contains(clerk));
    sessions.add(clerk);
    CHECK(sessions.contains(clerk));
    CHECK_FALSE(sessions.contains(random_session_tag()));
    sessions.remove(clerk);
    CHECK_FALSE(sessions.contains(clerk));
}
