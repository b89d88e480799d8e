#include "catalog/watched.h"

#include <catch2/catch.hpp>

#include <random>
#include <set>

using namespace catalog;
using namespace std::chrono_literals;

TEST_CASE("a second that was played counts once, however often it was", "[catalog]") {
    WatchedSeconds watched;
    CHECK(watched.count() == 0s);
    CHECK(watched.stored().empty());
    watched.add({3s, 10s});
    watched.add({5s, 12s});
    watched.add({5s, 6s});
    CHECK(watched.count() == 9s);
    CHECK_FALSE(watched.has(2s));
    CHECK(watched.has(3s));
    CHECK(watched.has(11s));
    CHECK_FALSE(watched.has(12s));
    CHECK_FALSE(watched.has(-1s));
    CHECK(watched.count_in({{0s, 4s}}) == 1s);
    CHECK(watched.count_in({{0s, 8s}}) == 5s);
    CHECK(watched.count_in({{8s, 9s}}) == 1s);
    CHECK(watched.count_in({{10s, 100s}}) == 2s);
    CHECK(watched.count_in({{5s, 5s}}) == 0s);
}

TEST_CASE("spans that follow each other leave nothing out and count nothing twice", "[catalog]") {
    WatchedSeconds parts;
    for (std::chrono::milliseconds at{0}; at < 60s; at += 370ms)
        parts.add({at, std::min<std::chrono::milliseconds>(at + 370ms, 60s)});
    WatchedSeconds whole;
    whole.add({0s, 60s});
    CHECK(parts == whole);
    WatchedSeconds ends;
    ends.add({400ms, 2600ms});
    CHECK(ends.count() == 3s);
    ends.add({7600ms, 8400ms});
    CHECK(ends.count() == 3s);
}

TEST_CASE("what lies behind a day, before the beginning, or the wrong way round is not kept", "[catalog]") {
    WatchedSeconds watched;
    watched.add({-5s, 2s});
    watched.add({9s, 4s});
    watched.add({24h - 2s, 30h});
    watched.add({25h, 26h});
    CHECK(watched.count() == 4s);
    CHECK(watched.stored().size() == 10'800);
}

TEST_CASE("watched seconds are read back from what is stored of them, and nothing else is", "[catalog]") {
    WatchedSeconds watched;
    watched.add({1s, 3s});
    watched.add({9s, 10s});
    CHECK(watched.stored() == std::string("\x06\x02"));
    CHECK(WatchedSeconds::from_stored(watched.stored()) == watched);
    CHECK(WatchedSeconds::from_stored("") == WatchedSeconds());
    CHECK_FALSE(WatchedSeconds::from_stored(std::string("\x06\0", 2)));
    CHECK_FALSE(WatchedSeconds::from_stored(std::string(10'801, '\1')));
}

TEST_CASE("only new seconds are added, and no more than may be", "[catalog]") {
    WatchedSeconds known;
    known.add({0s, 10s});
    WatchedSeconds claimed;
    claimed.add({5s, 40s});
    CHECK(known.add_at_most(claimed, 20s) == 20s);
    CHECK(known.count() == 30s);
    CHECK(known.has(29s));
    CHECK_FALSE(known.has(30s));
    CHECK(known.add_at_most(claimed, 100s) == 10s);
    CHECK(known.add_at_most(claimed, 100s) == 0s);
    WatchedSeconds united;
    united.unite(known);
    united.unite(claimed);
    CHECK(united == known);
}

TEST_CASE("seconds are counted as a list of them is", "[catalog]") {
    std::mt19937 random(62);
    WatchedSeconds watched;
    std::set<int> listed;
    for (int turn = 0; turn < 500; ++turn) {
        const int begin = std::uniform_int_distribution(0, 9000)(random);
        const int end = begin + std::uniform_int_distribution(0, 40)(random);
        watched.add({std::chrono::seconds(begin), std::chrono::seconds(end)});
        for (int second = begin; second < end; ++second)
            listed.insert(second);
        const int from = std::uniform_int_distribution(0, 9000)(random);
        const int until = from + std::uniform_int_distribution(0, 500)(random);
        const auto between = std::distance(listed.lower_bound(from), listed.lower_bound(until));
        REQUIRE(watched.count_in({{std::chrono::seconds(from), std::chrono::seconds(until)}}).count() == between);
    }
    CHECK(watched.count().count() == static_cast<std::int64_t>(listed.size()));
}

TEST_CASE("who played four fifths of what a video shows has watched it", "[catalog]") {
    const std::vector<Span> shown{{20s, 120s}};
    WatchedSeconds watched;
    watched.add({0s, 99s});
    CHECK_FALSE(is_watched(watched, shown));
    watched.add({200s, 300s});
    CHECK_FALSE(is_watched(watched, shown));
    watched.add({119s, 120s});
    CHECK(is_watched(watched, shown));
    CHECK_FALSE(is_watched(WatchedSeconds(), {{0s, 1s}}));
}

TEST_CASE("a video shows its span, or its recording", "[catalog]") {
    Video video;
    Recording recording;
    CHECK_FALSE(shown_of(video, std::nullopt));
    CHECK_FALSE(shown_of(video, recording));
    recording.duration = 100'040ms;
    CHECK(shown_of(video, recording) == std::vector<Span>{{0s, 100'040ms}});
    CHECK(seconds_of(*shown_of(video, recording)) == 100s);
    recording.duration = 20ms;
    CHECK(seconds_of(*shown_of(video, recording)) == 1s);
    video.span = Span{60'500ms, 90'500ms};
    CHECK(shown_of(video, recording) == std::vector<Span>{*video.span});
    CHECK(seconds_of({*video.span}) == 30s);
    video.cuts = {{70s, 75s}};
    CHECK(shown_of(video, recording) == std::vector<Span>{{60'500ms, 70s}, {75s, 90'500ms}});
    CHECK(seconds_of(*shown_of(video, recording)) == 25s);
}

TEST_CASE("seconds of a span that begins between two are counted whole", "[catalog]") {
    const std::vector<Span> shown{{60'500ms, 90'500ms}};
    WatchedSeconds watched;
    watched.add({60'500ms, 70'500ms});
    CHECK(watched.count_in(shown) == 10s);
    watched.add({70'500ms, 90'500ms});
    CHECK(watched.count_in(shown) == seconds_of(shown));
}

TEST_CASE("nobody plays more than twice as fast as time passes", "[catalog]") {
    PlayAllowance allowance;
    CHECK(allowance.seconds() == 90s);
    allowance.take(60s);
    CHECK(allowance.spare() == 30s);
    allowance.pass(30s);
    CHECK(allowance.seconds() == 90s);
    allowance.take(10s);
    CHECK(allowance.spare() == 30s);
    allowance.take(30s);
    CHECK(allowance.seconds() == 0s);
    allowance.pass(400ms);
    CHECK(allowance.seconds() == 0s);
    allowance.pass(100ms);
    CHECK(allowance.seconds() == 1s);
    allowance.pass(-1h);
    CHECK(allowance.seconds() == 1s);
}
