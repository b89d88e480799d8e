#include "catalog/store/check.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const VideoId entry("live-1");
const RecordingId recording("rec");
const std::string first_hash(64, 'a');
const std::string second_hash(64, 'b');

void put_entry(Sample& sample) {
    auto video = sample_video(entry.text());
    video.kind = Video::Kind::live;
    video.live = LivePlan{day_one + 1h, day_one + 2h, day_one + 3h, "", true};
    sample.catalog.videos.put(video);
    sample.catalog.live.set_key(entry, first_hash, {}, day_one);
}

void begin(Sample& sample) {
    auto live = sample_recording(recording.text());
    live.state = Recording::State::live;
    live.source.clear();
    live.source_bytes = 0;
    sample.catalog.recordings.add(live);
    std::filesystem::create_directory(sample.folder.media() / recording.text());
    sample.catalog.live.begin(entry, recording, day_one + 1h);
}

} // namespace

TEST_CASE("a stream is found by its key, and a new key makes the old one void", "[store]") {
    Sample sample;
    put_entry(sample);
    CHECK(sample.catalog.live.find_by_key(first_hash)->video == entry);
    sample.catalog.live.set_key(entry, second_hash, {}, day_one + 1min);
    CHECK_FALSE(sample.catalog.live.find_by_key(first_hash));
    const auto stream = sample.catalog.live.find_by_key(second_hash);
    REQUIRE(stream);
    CHECK(stream->key_made == day_one + 1min);
    CHECK(stream->state == LiveStream::State::waiting);
}

TEST_CASE("a stream remembers how far it has come", "[store]") {
    Sample sample;
    put_entry(sample);
    auto& live = sample.catalog.live;
    live.interrupt(entry, day_one);
    CHECK(live.find(entry)->state == LiveStream::State::waiting);
    begin(sample);
    live.interrupt(entry, day_one + 2h);
    CHECK(live.find(entry)->state == LiveStream::State::interrupted);
    live.begin(entry, recording, day_one + 3h);
    live.set_break(entry, LiveStream::Break::on);
    live.set_trim(entry, {1s, 20s});
    live.end(entry, day_one + 4h);
    live.end(entry, day_one + 5h);
    LiveStream expected;
    expected.video = entry;
    expected.key_hash = first_hash;
    expected.key_made = day_one;
    expected.state = LiveStream::State::ended;
    expected.pause = LiveStream::Break::on;
    expected.recording = recording;
    expected.begun = day_one + 1h;
    expected.heard = day_one + 3h;
    expected.ended = day_one + 4h;
    expected.trim = Span{1s, 20s};
    CHECK(live.find(entry) == expected);
    CHECK(live.all() == std::vector{expected});
}

TEST_CASE("a live recording has no source and no job, but a stream", "[store]") {
    Sample sample;
    put_entry(sample);
    begin(sample);
    CHECK(check(sample.catalog, sample.folder) == std::vector<std::string>{});
    sample.tamper("UPDATE live_stream SET recording = NULL");
    CHECK(check(sample.catalog, sample.folder) ==
          std::vector<std::string>{"live stream live-1: it has no recording",
                                   "recording rec: it is live, but no stream is"});
}

TEST_CASE("a stream goes with its video", "[store]") {
    Sample sample;
    put_entry(sample);
    REQUIRE(sample.catalog.videos.remove(entry).has_value());
    CHECK(sample.catalog.live.all().empty());
}

TEST_CASE("a catalog from before there were live streams takes them", "[store]") {
    Sample sample;
    sample.catalog.recordings.add(sample_recording("before"));
    sample.forget_search();
    sample.tamper("DROP TABLE watch_place; DROP TABLE live_stream; PRAGMA writable_schema = ON;"
                  "UPDATE sqlite_schema SET sql = replace(sql, ', ''live''', '') "
                  "WHERE name = 'recording'; PRAGMA user_version = 1;");
    Catalog migrated(sample.folder.catalog_file(), Catalog::Access::write);
    auto live = sample_recording("after");
    live.state = Recording::State::live;
    migrated.recordings.add(live);
    CHECK(migrated.recordings.all().size() == 2);
    CHECK(migrated.broken_rows() == std::vector<std::string>{});
}
