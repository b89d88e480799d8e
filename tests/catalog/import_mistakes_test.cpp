#include "catalog/import.h"

#include "tests/catalog/demo_file.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace catalog {

namespace {

std::vector<ImportMistake> mistakes_in(const std::string& text) {
    const auto reading = read_import(text, time::Zone::named("Asia/Tokyo").value());
    if (!reading.mistakes.empty()) {
        // All or nothing: where there is a mistake there is no catalog.
        CHECK(reading.catalog.videos.empty());
        CHECK(reading.catalog.series.empty());
    }
    return reading.mistakes;
}

/// The places of all mistakes, in order.
std::vector<std::string> places_in(const std::string& text) {
    std::vector<std::string> places;
    for (const ImportMistake& mistake : mistakes_in(text)) {
        INFO(mistake.place << ": " << mistake.message);
        CHECK_FALSE(mistake.message.empty());
        places.push_back(mistake.place);
    }
    return places;
}

std::string lecture(const std::string& more) {
    return R"({"lectures": [{"id": "a", "title": "A", )" + more + "}]}";
}

std::string session(const std::string& more) {
    return R"({"sessions": [{"id": "s", "title": "S", )" + more + "}]}";
}

} // namespace

TEST_CASE("a mistake is named by its place", "[import]") {
    const auto [text, place] = GENERATE(table<std::string, std::string>({
        {R"({"schema": "demo-catalog/2"})", "schema"},
        {R"({"meta": {"timezone": "Mars/Olympus"}})", "meta.timezone"},
        {R"({"lectures": {}})", "lectures"},
        {R"({"lectures": [7]})", "lectures[0]"},
        {R"({"lectures": [{"title": "A"}]})", "lectures[0].id"},
        {R"({"lectures": [{"id": "a"}]})", "lectures[0].title"},
        {R"({"lectures": [{"id": "../a", "title": "A"}]})", "lectures[0].id"},
        {R"({"lectures": [{"id": "a", "title": 7}]})", "lectures[0].title"},
        {R"({"lectures": [{"id": "a", "title": ""}]})", "lectures[0].title"},
        {R"({"lectures": [{"id": "a", "title": "A\u0000B"}]})", "lectures[0].title"},
        {R"({"lectures": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]})",
         "lectures[1].id"},
        {R"({"lectures": [{"id": "a", "title": "A"}], "live": [{"id": "a", "title": "B"}]})",
         "live[0].id"},
        {R"({"series": [{"id": "s", "title": "S", "plannedCount": -1}]})",
         "series[0].plannedCount"},
        {R"({"series": [], "lectures": [{"id": "a", "title": "A", "series": "s"}]})",
         "lectures[0].series"},
        {lecture(R"("audience": "friends")"), "lectures[0].audience"},
        {lecture(R"("number": 1.5)"), "lectures[0].number"},
        {lecture(R"("number": 18446744073709551615)"), "lectures[0].number"},
        {lecture(R"("scheduledDurationSec": -1)"), "lectures[0].scheduledDurationSec"},
        {lecture(R"("scheduledDurationSec": 1e300)"), "lectures[0].scheduledDurationSec"},
        {lecture(R"("window": "always")"), "lectures[0].window"},
        {lecture(R"("window": {"untilDateInclusive": "2021-02-30"})"),
         "lectures[0].window.untilDateInclusive"},
        {lecture(R"("window": {"opens": "soon"})"), "lectures[0].window.opens"},
        {lecture(R"("window": {"opens": {}})"), "lectures[0].window.opens"},
        {lecture(
             R"("window": {"opens": {"jst": "2021-06-29T00:00+09:00", "utc": "2021-06-29T00:00:00Z"}})"),
         "lectures[0].window.opens"},
        {lecture(R"("window": {"fromDate": "2021-12-28", "untilDateInclusive": "2021-06-29"})"),
         "lectures[0].window"},
        {lecture(
             R"("window": {"untilDateInclusive": "2021-12-28", "closesExclusive": "2021-12-28"})"),
         "lectures[0].window.closesExclusive"},
        {lecture(R"("chapters": [{"atSec": 5, "title": "x"}, {"atSec": 5, "title": "y"}])"),
         "lectures[0].chapters[1].atSec"},
        {lecture(R"("chapters": [{"title": "x"}])"), "lectures[0].chapters[0].atSec"},
        {lecture(R"("materials": ["m"])"), "lectures[0].materials[0]"},
        {lecture(R"("sessionId": "s")"), "lectures[0].sessionId"},
        {session(R"("status": "perhaps")"), "sessions[0].status"},
        {session(R"("replacedBy": ["t"])"), "sessions[0].replacedBy"},
        {session(R"("items": [{"id": "i", "title": "I"}, {"id": "i", "title": "J"}])"),
         "sessions[0].items[1].id"},
        {session(R"("participation": [null])"), "sessions[0].participation[0]"},
        {session(R"("when": {"precision": "roughly"})"), "sessions[0].when.precision"},
        {session(R"("when": {"precision": "date"})"), "sessions[0].when.date"},
        {session(R"("when": {"precision": "minute"})"), "sessions[0].when.start"},
        {session(R"("when": {"date": "2021-06-29", "weekday": "木"})"), "sessions[0].when.weekday"},
        {session(R"("when": {"date": "2021-06-28", "start": "2021-06-29T13:00+09:00"})"),
         "sessions[0].when.date"},
        {session(R"("when": {"start": "2021-06-29T13:00+09:00", "end": "2021-06-29T12:00+09:00"})"),
         "sessions[0].when.end"},
        {session(
             R"("when": {"start": "2021-06-29T13:00+09:00", "reception": "2021-06-29T14:00+09:00"})"),
         "sessions[0].when.reception"},
        {session(R"("when": {"earliest": "2021-12-01", "latest": "2021-11-01"})"),
         "sessions[0].when.latest"},
        {R"({"materials": [{"id": "m", "title": "M"}]})", "materials[0].sessionId"},
        {R"({"materials": [{"id": "m", "title": "M", "sessionId": "s"}]})",
         "materials[0].sessionId"},
        {R"({"sessions": [{"id": "s", "title": "S"}],
             "materials": [{"id": "m", "title": "M", "sessionId": "s", "itemId": "i"}]})",
         "materials[0].itemId"},
        {R"({"sessions": [{"id": "s", "title": "S"}],
             "recordings": [{"id": "r", "title": "R", "sessionId": "s", "chapters": [{"atSec": 0, "itemId": "i"}]}]})",
         "recordings[0].chapters[0].itemId"},
        {R"({"notices": [{"id": "n", "title": "N"}]})", "notices[0].date"},
        {R"({"notices": [{"id": "n", "title": "N", "date": "2021-06-29", "weekday": "木"}]})",
         "notices[0].weekday"},
        {R"({"notices": [{"id": "n", "title": "N", "date": "2021-06-29", "links": ["x"]}]})",
         "notices[0].links[0]"},
        {R"({"captions": [{"mediaId": "a", "cues": []}]})", "captions[0].mediaId"},
        {R"({"lectures": [{"id": "a", "title": "A"}],
             "captions": [{"mediaId": "a", "lang": "../ja", "cues": []}]})",
         "captions[0].lang"},
        {R"({"lectures": [{"id": "a", "title": "A"}],
             "captions": [{"mediaId": "a", "cues": [{"start": 6, "end": 5, "text": "x"}]}]})",
         "captions[0].cues[0].end"},
        {R"({"live": [{"id": "v", "title": "V", "scheduledStart": "2021-06-29T13:00Z", "scheduledEnd": "2021-06-29T12:00Z"}]})",
         "live[0].scheduledEnd"},
    }));
    INFO(text);
    CHECK(places_in(text) == std::vector{place});
}

TEST_CASE("all mistakes are told at once", "[import]") {
    const std::string text = R"({"meta": {"timezone": 9},
        "lectures": [{"id": "a b", "title": "", "window": {"fromDate": "2021-02-29", "untilDateInclusive": 5}}],
        "notices": [{"id": "n", "date": "29 June", "links": {}}]})";
    CHECK(places_in(text) ==
          std::vector<std::string>{"meta.timezone", "lectures[0].id", "lectures[0].title",
                                   "lectures[0].window.fromDate",
                                   "lectures[0].window.untilDateInclusive", "notices[0].date",
                                   "notices[0].title", "notices[0].links"});
}

TEST_CASE("what a mistake says can be acted upon", "[import]") {
    CHECK(mistakes_in(lecture(R"("window": {"untilDateInclusive": "2021-02-30"})")) ==
          std::vector<ImportMistake>{
              {"lectures[0].window.untilDateInclusive", "\"2021-02-30\" is no day"}});
    CHECK(mistakes_in(session(R"("when": {"date": "2021-06-29", "weekday": "木"})")) ==
          std::vector<ImportMistake>{
              {"sessions[0].when.weekday", "\"木\" is wrong: 2021-06-29 is a 火"}});
}

TEST_CASE("what is no JSON is told by line and column", "[import]") {
    CHECK(places_in("") == std::vector<std::string>{"line 1, column 1"});
    CHECK(places_in("{\n  \"a\": ?\n}") == std::vector<std::string>{"line 2, column 8"});
    CHECK(places_in("{\"a\": \"\xFF\"}").size() == 1);
    CHECK(places_in("[]") == std::vector<std::string>{"the file"});
    CHECK(places_in("{\"number\": 1e999}").size() == 1);
}

TEST_CASE("JSON that is made to exhaust a reader is refused", "[import]") {
    const std::size_t deep = 1'000'000;
    CHECK(places_in(std::string(deep, '[')) == std::vector<std::string>{"the file"});
    CHECK(places_in(std::string(deep, '[') + std::string(deep, ']')) ==
          std::vector<std::string>{"the file"});
    std::string objects;
    for (int i = 0; i < 1000; ++i) {
        objects += "{\"lectures\":";
    }
    CHECK(places_in(objects) == std::vector<std::string>{"the file"});
}

TEST_CASE("the demo's file cut off or changed anywhere is refused or read, never a crash",
          "[import]") {
    const std::string text = demo_file();
    for (std::size_t at = 1; at < text.size() - 2; at += 997) {
        CHECK_FALSE(mistakes_in(text.substr(0, at)).empty());
    }
    const std::vector<std::string> strangers{"null", "[]", "{}", "7", "\"\"", "true"};
    std::size_t stranger = 0;
    for (std::size_t at = text.find(": \""); at != std::string::npos;
         at = text.find(": \"", at + 4001)) {
        const auto end = text.find('"', at + 3);
        std::string changed = text;
        changed.replace(at + 2, end - at - 1, strangers[stranger++ % strangers.size()]);
        const auto reading = read_import(changed, time::Zone::named("Asia/Tokyo").value());
        for (const ImportMistake& mistake : reading.mistakes) {
            CHECK_FALSE(mistake.place.empty());
        }
    }
    CHECK(stranger > 10);
}

} // namespace catalog
