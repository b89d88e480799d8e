#include "server/live/stream_changes.h"

#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;
namespace live = server::live;

namespace {

const VideoId entry("live-1");

void put_entry(Sample& sample, bool archive_after) {
    auto video = sample_video(entry.text());
    video.kind = Video::Kind::live;
    video.published = true;
    video.live = LivePlan{day_one, day_one + 1h, day_one + 2h, "", archive_after};
    sample.catalog.videos.put(video);
}

void give_key(Sample& sample) {
    REQUIRE(live::set_key(sample.catalog, entry, "hash", {day_one, {}}).has_value());
}

} // namespace

TEST_CASE("only a live entry that has not ended gets a key", "[live]") {
    Sample sample;
    put_entry(sample, true);
    sample.catalog.videos.put(sample_video("lec-01"));
    const live::Change change{day_one, {}};
    CHECK(live::set_key(sample.catalog, VideoId("lec-01"), "a", change).error().kind == Refusal::invalid);
    CHECK(live::set_key(sample.catalog, VideoId("none"), "a", change).error().kind == Refusal::not_found);
    give_key(sample);
    REQUIRE(live::end_stream(sample.catalog, entry, change).has_value());
    CHECK(live::set_key(sample.catalog, entry, "b", change).error().kind == Refusal::conflict);
}

TEST_CASE("marks become chapters, and keep their places when the archive is trimmed", "[live]") {
    Sample sample;
    put_entry(sample, true);
    give_key(sample);
    const live::Change change{day_one, {}};
    for (const auto& chapter : {Chapter{90s, "second"}, Chapter{30s, "first"}, Chapter{5s, "too early"}})
        REQUIRE(live::mark(sample.catalog, entry, chapter, change).has_value());
    CHECK(live::mark(sample.catalog, entry, {1s, ""}, change).error().kind == Refusal::invalid);
    CHECK(live::trim(sample.catalog, entry, {20s, 20s}, change).error().kind == Refusal::invalid);
    REQUIRE(live::trim(sample.catalog, entry, {20s, 100s}, change).has_value());
    CHECK_FALSE(sample.catalog.videos.find(entry)->span);
    REQUIRE(live::end_stream(sample.catalog, entry, change).has_value());
    live::become_archive(sample.catalog, entry);
    live::become_archive(sample.catalog, entry);
    const auto video = sample.catalog.videos.find(entry);
    CHECK(video->span == Span{20s, 100s});
    CHECK(video->chapters == std::vector<Chapter>{{10s, "first"}, {70s, "second"}});
    REQUIRE(live::trim(sample.catalog, entry, {25s, 90s}, change).has_value());
    CHECK(sample.catalog.videos.find(entry)->chapters == std::vector<Chapter>{{5s, "first"}});
}

TEST_CASE("an archive is open at once where its plan says so", "[live]") {
    const bool archive_after = GENERATE(true, false);
    Sample sample;
    put_entry(sample, archive_after);
    give_key(sample);
    live::become_archive(sample.catalog, entry);
    CHECK(sample.catalog.videos.find(entry)->published == archive_after);
}
