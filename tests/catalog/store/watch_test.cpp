#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

/// Two viewers of two municipalities, the secretariat, and a video.
struct Watched : Sample {
    Watched() {
        add("hana", Role::viewer, Department{"131016", "環境課"});
        add("taro", Role::viewer, Department{"131024", "企画課"});
        add("clerk", Role::secretariat, std::nullopt);
        catalog.videos.put(sample_video("lec-01"));
    }

    void add(const std::string& name, Role role, std::optional<Department> department) {
        const Account account{AccountId(name), name, role, std::move(department)};
        REQUIRE(catalog.accounts.add(account, "hash").has_value());
    }

    void report(const std::string& who, const Span& played, std::chrono::milliseconds after) {
        WatchStore::Report told{AccountId(who), lecture, {}, day_one + after};
        told.played.add(played);
        catalog.watching.add(told);
    }

    std::chrono::seconds count(const std::string& who) {
        return catalog.watching.find(AccountId(who), lecture)->recorded.count();
    }

    const VideoId lecture{"lec-01"};
};

} // namespace

TEST_CASE("what an account reports again and again is one count of seconds", "[store]") {
    Watched archive;
    CHECK_FALSE(archive.catalog.watching.find(AccountId("hana"), archive.lecture));
    archive.report("hana", {0s, 30s}, 30s);
    archive.report("hana", {10s, 40s}, 60s);
    archive.report("hana", {10s, 40s}, 61s);
    const auto watching = archive.catalog.watching.find(AccountId("hana"), archive.lecture);
    WatchedSeconds expected;
    expected.add({0s, 40s});
    CHECK(watching->recorded == expected);
    CHECK(watching->live == WatchedSeconds());
    CHECK(watching->first == day_one + 30s);
    CHECK(watching->last == day_one + 61s);
    CHECK_FALSE(archive.catalog.watching.find(AccountId("taro"), archive.lecture));
}

TEST_CASE("nobody reports more seconds than can have been played", "[store]") {
    Watched archive;
    archive.report("hana", {0s, 4000s}, 0s);
    CHECK(archive.count("hana") == 90s);
    archive.report("hana", {0s, 4000s}, 0s);
    archive.report("hana", {0s, 4000s}, 0s);
    CHECK(archive.count("hana") == 90s);
    archive.report("hana", {0s, 4000s}, 100s);
    CHECK(archive.count("hana") == 290s);
    // A clock that was set back gives nothing, and takes nothing away.
    archive.report("hana", {0s, 4000s}, 50s);
    archive.report("hana", {0s, 4000s}, 100s);
    CHECK(archive.count("hana") == 290s);
    archive.report("taro", {0s, 60s}, 30s);
    archive.report("taro", {60s, 120s}, 60s);
    archive.report("taro", {120s, 240s}, 90s);
    CHECK(archive.count("taro") == 210s);
}

TEST_CASE("a screen has as many people as its account told last", "[store]") {
    Watched archive;
    auto& watching = archive.catalog.watching;
    const AccountId hana("hana");
    CHECK(watching.people(hana, archive.lecture) == 1);
    CHECK(watching.set_people(hana, archive.lecture, 12).has_value());
    CHECK(watching.set_people(hana, archive.lecture, 5).has_value());
    CHECK(watching.people(hana, archive.lecture) == 5);
    for (const int wrong : {0, -1, 501})
        CHECK(watching.set_people(hana, archive.lecture, wrong).error().kind == Refusal::invalid);
    CHECK(watching.set_people(hana, archive.lecture, 500).has_value());
    CHECK(watching.people(AccountId("taro"), archive.lecture) == 1);
}

TEST_CASE("watchers are those of departments who played something", "[store]") {
    Watched archive;
    archive.report("hana", {0s, 30s}, 30s);
    archive.report("taro", {5s, 5s}, 30s);
    archive.report("clerk", {0s, 30s}, 30s);
    REQUIRE(archive.catalog.watching.set_people(AccountId("hana"), archive.lecture, 7).has_value());
    const auto watchers = archive.catalog.watching.of_video(archive.lecture);
    REQUIRE(watchers.size() == 1);
    CHECK(watchers.front().account == AccountId("hana"));
    CHECK(watchers.front().department == Department{"131016", "環境課"});
    CHECK(watchers.front().people == 7);
    CHECK(watchers.front().recorded.count() == 30s);
}

TEST_CASE("what was watched while it was streamed is told apart from what was watched later", "[store]") {
    Watched archive;
    WatchStore::Report report{AccountId("hana"), archive.lecture, {}, day_one, WatchStore::While::streamed};
    report.played.add({0s, 10s});
    archive.catalog.watching.add(report);
    archive.report("hana", {5s, 20s}, 60s);
    const auto watcher = archive.catalog.watching.of_video(archive.lecture).front();
    CHECK(watcher.live.count() == 10s);
    CHECK(watcher.recorded.count() == 15s);
    const auto watched = archive.catalog.watching.of_account(AccountId("hana"));
    REQUIRE(watched.size() == 1);
    CHECK(watched.front().video == archive.lecture);
    CHECK(watched.front().seconds.count() == 20s);
    CHECK(archive.catalog.watching.of_account(AccountId("taro")).empty());
}

TEST_CASE("who opened a handout is known once, and by its session or video", "[store]") {
    Watched archive;
    auto& watching = archive.catalog.watching;
    Session session;
    session.id = SessionId("second");
    session.title = "適応策分科会 第2回";
    archive.catalog.sessions.put(session);
    for (const char* id : {"slides", "minutes", "handout"}) {
        Material material;
        material.id = MaterialId(id);
        material.title = id;
        if (id == std::string("handout"))
            material.video = archive.lecture;
        else
            material.session = session.id;
        archive.catalog.materials.put(material);
    }
    const AccountId hana("hana");
    CHECK_FALSE(watching.has_opened(hana, MaterialId("slides")));
    for (const char* id : {"slides", "slides", "minutes", "handout"})
        watching.add_opened(hana, MaterialId(id), day_one);
    watching.add_opened(AccountId("clerk"), MaterialId("slides"), day_one);
    CHECK(watching.has_opened(hana, MaterialId("slides")));
    CHECK_FALSE(watching.has_opened(AccountId("clerk"), MaterialId("slides")));
    const std::vector<Department> once{{"131016", "環境課"}};
    CHECK(watching.openers_of(session.id) == once);
    CHECK(watching.openers_of(archive.lecture) == once);
    CHECK(watching.openers_of(VideoId("other")).empty());
}

TEST_CASE("what a department watched stays when its account goes", "[store]") {
    Watched archive;
    auto& departments = archive.catalog.departments;
    const Department department{"131016", "みどり課"};
    REQUIRE(departments.put(department, {"code", "invitation"}, day_one).has_value());
    const auto account = departments.find(department)->account;
    archive.report(account.text(), {0s, 30s}, 30s);
    REQUIRE(archive.catalog.watching.set_people(account, archive.lecture, 7).has_value());
    REQUIRE(departments.remove(department).has_value());
    REQUIRE(departments.put(department, {"another code", "another invitation"}, day_one).has_value());
    const auto watchers = archive.catalog.watching.of_video(archive.lecture);
    REQUIRE(watchers.size() == 1);
    CHECK(watchers.front().department == department);
    CHECK(watchers.front().people == 7);
    CHECK(watchers.front().recorded.count() == 30s);
    CHECK(archive.catalog.watching.departments() == std::vector{department});
    CHECK(archive.catalog.broken_rows().empty());
}

TEST_CASE("attendance is kept by session and way", "[store]") {
    Watched archive;
    auto& watching = archive.catalog.watching;
    Session session;
    session.id = SessionId("second");
    session.title = "適応策分科会 第2回";
    archive.catalog.sessions.put(session);
    watching.replace_attendance(session.id, WayToAttend::zoom, {{"131016", 3}, {"131024", 1}});
    watching.set_attendance(session.id, WayToAttend::venue, {{"131016", 2}, {"131024", 4}});
    watching.set_attendance(session.id, WayToAttend::venue, {{"131024", 0}});
    watching.replace_attendance(session.id, WayToAttend::zoom, {{"131016", 5}});
    watching.add_attendance(session.id, WayToAttend::zoom, {{"131016", 2}, {"131024", 1}, {"131032", 0}});
    CHECK(watching.attendance(session.id) ==
          std::vector<Attendance>{{{"131016", ""}, WayToAttend::venue, 2},
                                  {{"131016", ""}, WayToAttend::zoom, 7},
                                  {{"131024", ""}, WayToAttend::zoom, 1}});
    CHECK(watching.attendance(SessionId("other")).empty());
}

TEST_CASE("with a video goes what was watched of it", "[store]") {
    Watched archive;
    archive.report("hana", {0s, 30s}, 30s);
    REQUIRE(archive.catalog.watching.set_people(AccountId("hana"), archive.lecture, 7).has_value());
    // A change of the video, or the import of it again, takes nothing away.
    archive.catalog.videos.put(sample_video("lec-01"));
    CHECK(archive.count("hana") == 30s);
    REQUIRE(archive.catalog.videos.remove(archive.lecture).has_value());
    CHECK_FALSE(archive.catalog.watching.find(AccountId("hana"), archive.lecture));
    CHECK(archive.catalog.broken_rows().empty());
}

TEST_CASE("an archive from before watching was counted gets the tables for it", "[store]") {
    Sample archive;
    archive.catalog.series.put(sample_series());
    archive.forget_desk_accounts();
    archive.tamper("DROP TABLE watched; DROP TABLE headcount; DROP TABLE opened_material; "
                   "DROP TABLE watcher; DROP TABLE attendance; PRAGMA user_version = 8;");
    Catalog again(archive.folder.catalog_file(), Catalog::Access::write);
    CHECK(again.watching.of_video(VideoId("lec-01")).empty());
    CHECK(again.series.all() == std::vector{sample_series()});
    CHECK(again.broken_rows().empty());
}
