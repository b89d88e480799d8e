#include "catalog/import.h"

#include "tests/catalog/demo_file.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace catalog {

using namespace std::chrono_literals;
using std::chrono::sys_days;

namespace {

time::Zone tokyo() {
    return time::Zone::named("Asia/Tokyo").value();
}

ImportReading read(const std::string& text) {
    return read_import(text, tokyo());
}

/// The catalog of a text that must hold no mistake.
ImportedCatalog read_whole(const std::string& text) {
    const ImportReading reading = read(text);
    for (const ImportMistake& mistake : reading.mistakes) {
        UNSCOPED_INFO(mistake.place << ": " << mistake.message);
    }
    REQUIRE(reading.mistakes.empty());
    return reading.catalog;
}

template <class Subject, class Key>
const Subject& named(const std::vector<Subject>& all, const Key& id) {
    const auto found = std::ranges::find(all, id, &Subject::id);
    REQUIRE(found != all.end());
    return *found;
}

const AvailabilityWindow lecture_window{sys_days(2021y / 6 / 28) + 15h,
                                        sys_days(2021y / 12 / 28) + 15h};

} // namespace

TEST_CASE("the demo's file holds no mistake, and all that it says", "[import]") {
    const ImportedCatalog demo = read_whole(demo_file());
    CHECK(demo.series.size() == 5);
    CHECK(demo.sessions.size() == 9);
    CHECK(demo.videos.size() == 6 + 3 + 2);
    CHECK(demo.materials.size() == 12);
    CHECK(demo.notices.size() == 13);
    CHECK(demo.captions.size() == 2);

    Series mitigation;
    mitigation.id = SeriesId("mitigation");
    mitigation.title = "緩和策分科会";
    mitigation.audience = Audience::registered;
    mitigation.planned_count = 3;
    mitigation.sort = 1;
    CHECK(named(demo.series, mitigation.id) == mitigation);

    Video lecture;
    lecture.id = VideoId("lec-01");
    lecture.series = SeriesId("lectures");
    lecture.number = 1;
    lecture.title = "脱炭素社会に向けた市区町村の役割";
    lecture.speaker = "講師A(専門家)";
    lecture.field = "環境・企画";
    lecture.description = "行政の担当分野から見た取組の要点を、地域の例とともに解説します。";
    lecture.published = true;
    lecture.audience = Audience::staff;
    lecture.window = lecture_window;
    lecture.planned_duration = 2760s;
    lecture.chapters = {{0s, "はじめに"},
                        {45s, "地域での取組例"},
                        {105s, "基礎自治体の取組のポイント"},
                        {160s, "まとめ"}};
    CHECK(named(demo.videos, lecture.id) == lecture);
    CHECK(named(demo.videos, VideoId("rec-kickoff")).chapters ==
          std::vector<Chapter>{{0s, "講演", ProgrammeItemId("kick-1")},
                               {150s, "研究会ガイダンス", ProgrammeItemId("kick-2")}});
}

TEST_CASE("the demo's sessions are read with dates as precise as they are", "[import]") {
    const ImportedCatalog demo = read_whole(demo_file());
    const Session& second = named(demo.sessions, SessionId("adaptation-2021-2"));
    CHECK(second.when == SessionDate{SessionDate::Precision::minute, 2021y / 10 / 27, std::nullopt,
                                     sys_days(2021y / 10 / 27) + 4h,
                                     sys_days(2021y / 10 / 27) + 4h + 30min,
                                     sys_days(2021y / 10 / 27) + 7h + 30min,
                                     "10月27日(水) 13:30〜16:30(受付開始13:00)"});
    CHECK(second.venue == "KFC Hall&Rooms ROOM113");
    CHECK(second.items.size() == 5);
    const Session& kickoff = named(demo.sessions, SessionId("meeting-2021-kickoff"));
    CHECK(kickoff.when.precision == SessionDate::Precision::day);
    CHECK_FALSE(kickoff.when.start.has_value());
    const Session& visit = named(demo.sessions, SessionId("site-visit-2021"));
    CHECK(visit.when.precision == SessionDate::Precision::range);
    CHECK(visit.when.last_day == time::Date(2021y / 10 / 31));
    CHECK(visit.status == SessionStatus::cancelled);
    CHECK(visit.replaced_by ==
          std::vector{SessionId("mitigation-2021-2"), SessionId("adaptation-2021-2")});
    const Session& first = named(demo.sessions, SessionId("mitigation-2021-1"));
    CHECK(first.items.size() == 4);
    CHECK(first.items.back().id == ProgrammeItemId("item-20210728-common"));
}

TEST_CASE("the demo's recordings, live streams and materials find what they belong to",
          "[import]") {
    const ImportedCatalog demo = read_whole(demo_file());
    const Video& record = named(demo.videos, VideoId("rec-mitigation-1"));
    CHECK(record.kind == Video::Kind::record);
    CHECK(record.session == SessionId("mitigation-2021-1"));
    CHECK(record.series == SeriesId("mitigation"));
    CHECK(record.window == AvailabilityWindow{sys_days(2021y / 8 / 4) + 15h, std::nullopt});
    CHECK(record.published);
    const Video& live = named(demo.videos, VideoId("live-ada2"));
    CHECK(live.kind == Video::Kind::live);
    CHECK(live.published);
    CHECK(live.live == LivePlan{sys_days(2021y / 10 / 27) + 4h,
                                sys_days(2021y / 10 / 27) + 4h + 30min,
                                sys_days(2021y / 10 / 27) + 7h + 30min, "", true});
    CHECK_FALSE(live.audience.has_value());
    CHECK(named(demo.videos, VideoId("live-yearend")).live->label == "2022年1月頃");
    CHECK(named(demo.materials, MaterialId("mat-lec-01")).video == VideoId("lec-01"));
    const Material& handout = named(demo.materials, MaterialId("mat-kick-1"));
    CHECK(handout.session == SessionId("meeting-2021-kickoff"));
    CHECK(handout.item == ProgrammeItemId("kick-1"));
    CHECK(handout.window->closes == sys_days(2021y / 6 / 28) + 8h);
    CHECK_FALSE(handout.audience.has_value());
}

TEST_CASE("a small file needs no more than lectures with a window", "[import]") {
    const auto demo = read_whole(R"({"lectures": [
        {"id": "a", "title": "A", "audience": "public",
         "window": {"opens": "2021-06-29T00:00:00+09:00", "closesExclusive": "2021-12-29T00:00:00+09:00"}}]})");
    REQUIRE(demo.videos.size() == 1);
    CHECK(demo.videos[0].published);
    CHECK(demo.videos[0].audience == Audience::everybody);
    CHECK(demo.videos[0].window == lecture_window);
    CHECK(demo.videos[0].series.empty());
}

TEST_CASE("a window may be said in any way that means one", "[import]") {
    const auto window = GENERATE(
        R"({"fromDate": "2021-06-29", "untilDateInclusive": "2021-12-28"})",
        R"({"opens": "2021-06-29", "closesExclusive": "2021-12-29"})",
        R"({"opens": {"jst": "2021-06-29T00:00+09:00"}, "closes": {"utc": "2021-12-28T15:00:00Z"}})",
        R"({"opens": "2021-06-28T15:00:00Z", "closesExclusive": "2021-12-28T11:00:00-04:00"})",
        R"({"fromDate": "2021-06-29", "closesExclusive": {"jst": "2021-12-29"}, "untilDateInclusive": "2021-12-28"})");
    INFO(window);
    const auto demo = read_whole(R"({"lectures": [{"id": "a", "title": "A", "window": )" +
                                 std::string(window) + "}]}");
    CHECK(demo.videos[0].window == lecture_window);
}

TEST_CASE("an end that is null is open, a window that is null is the series'", "[import]") {
    const auto demo = read_whole(R"({"lectures": [
        {"id": "a", "title": "A", "window": {"opens": "2021-06-29", "closesExclusive": null}},
        {"id": "b", "title": "B", "window": null}, {"id": "c", "title": "C", "window": {}}]})");
    CHECK(demo.videos[0].window == AvailabilityWindow{lecture_window.opens, std::nullopt});
    CHECK_FALSE(demo.videos[1].window.has_value());
    CHECK(demo.videos[2].window == AvailabilityWindow{});
}

TEST_CASE("days are days of the file's own zone", "[import]") {
    const auto demo = read_whole(R"({"meta": {"timezone": "Europe/Berlin"}, "lectures": [
        {"id": "a", "title": "A", "window": {"fromDate": "2021-06-29"}}]})");
    CHECK(demo.videos[0].window->opens == sys_days(2021y / 6 / 28) + 22h);
}

TEST_CASE("audiences go by several words", "[import]") {
    const auto [word, audience] = GENERATE(table<std::string, Audience>({
        {"everybody", Audience::everybody},
        {"public", Audience::everybody},
        {"all62", Audience::staff},
        {"staff", Audience::staff},
        {"registered", Audience::registered},
    }));
    const auto demo =
        read_whole(R"({"lectures": [{"id": "a", "title": "A", "audience": ")" + word + "\"}]}");
    CHECK(demo.videos[0].audience == audience);
}

TEST_CASE("who is not said to see a recording is said by its session", "[import]") {
    const auto demo = read_whole(R"({
        "series": [{"id": "s", "title": "S", "audience": "registered"}],
        "sessions": [{"id": "open", "title": "O", "series": "s", "audience": "all62"},
                     {"id": "same", "title": "E", "series": "s", "audience": "registered"}],
        "recordings": [{"id": "r1", "title": "R", "sessionId": "open"},
                       {"id": "r2", "title": "R", "sessionId": "same"}],
        "materials": [{"id": "m1", "title": "M", "sessionId": "open"}]})");
    CHECK(demo.videos[0].audience == Audience::staff);
    CHECK_FALSE(demo.videos[1].audience.has_value());
    CHECK(demo.materials[0].audience == Audience::staff);
}

TEST_CASE("a wrong weekday that the original page had is no mistake of the file", "[import]") {
    const auto demo = read_whole(R"({"notices": [
        {"id": "n", "title": "N", "date": "2021-06-29", "weekday": "火", "weekdayOnPage": "木"}]})");
    CHECK(demo.notices.size() == 1);
}

} // namespace catalog
