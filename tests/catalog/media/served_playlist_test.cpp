#include "catalog/media/served_playlist.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

using namespace std::chrono_literals;

const time::UtcTime began = *time::parse_rfc3339("2021-10-27T04:10:00Z");

/// A whole segment of `parts` parts of a second, each of 100 bytes.
Segment segment_at(std::uint64_t number, std::size_t parts) {
    Segment segment{std::chrono::seconds(parts), {1000 + 400 * number, 100 * parts}};
    segment.head.begins_at = began + number * 4s;
    for (std::size_t at = 0; at < parts; ++at) {
        const auto start = at == 0 ? Part::Start::independent : Part::Start::dependent;
        segment.parts.push_back({1s, {segment.bytes.offset + 100 * at, 100}, start});
    }
    return segment;
}

/// So many whole segments of four seconds, and one of so many parts.
MediaPlaylist live(std::uint64_t whole, std::size_t parts) {
    MediaPlaylist playlist;
    playlist.target_duration = 4;
    playlist.part_target = 1s;
    playlist.file = "v720.mp4";
    playlist.init = {0, 798};
    for (std::uint64_t number = 0; number < whole; ++number) {
        playlist.segments.push_back(segment_at(number, 4));
    }
    if (parts > 0) {
        playlist.open = segment_at(whole, parts);
    }
    return playlist;
}

bool holds(const std::string& text, std::string_view piece) {
    return text.find(piece) != std::string::npos;
}

} // namespace

TEST_CASE("a live recording is served with its parts, and what comes next", "[catalog]") {
    auto playlist = live(4, 2);
    playlist.segments[3].head.continuity = SegmentHead::Continuity::breaks;
    playlist.segments[3].head.init = ByteRange{5000, 100};
    CHECK(to_live_text(playlist, {"a64"}) ==
          "#EXTM3U\n"
          "#EXT-X-VERSION:6\n"
          "#EXT-X-TARGETDURATION:4\n"
          "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.000000,"
          "PART-HOLD-BACK=3.000000,HOLD-BACK=12.000000\n"
          "#EXT-X-PART-INF:PART-TARGET=1.000000\n"
          "#EXT-X-MEDIA-SEQUENCE:0\n"
          "#EXT-X-PLAYLIST-TYPE:EVENT\n"
          "#EXT-X-MAP:URI=\"init.mp4\"\n"
          "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:00.000Z\n"
          "#EXTINF:4.000000,\n"
          "0.m4s\n"
          "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:04.000Z\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"1.0.m4s\",INDEPENDENT=YES\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"1.1.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"1.2.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"1.3.m4s\"\n"
          "#EXTINF:4.000000,\n"
          "1.m4s\n"
          "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:08.000Z\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"2.0.m4s\",INDEPENDENT=YES\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"2.1.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"2.2.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"2.3.m4s\"\n"
          "#EXTINF:4.000000,\n"
          "2.m4s\n"
          "#EXT-X-DISCONTINUITY\n"
          "#EXT-X-MAP:URI=\"init-3.mp4\"\n"
          "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:12.000Z\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"3.0.m4s\",INDEPENDENT=YES\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"3.1.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"3.2.m4s\"\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"3.3.m4s\"\n"
          "#EXTINF:4.000000,\n"
          "3.m4s\n"
          "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:16.000Z\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"4.0.m4s\",INDEPENDENT=YES\n"
          "#EXT-X-PART:DURATION=1.000000,URI=\"4.1.m4s\"\n"
          "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"4.2.m4s\"\n"
          "#EXT-X-RENDITION-REPORT:URI=\"../a64/index.m3u8\",LAST-MSN=4,LAST-PART=1\n");
}

TEST_CASE("a delta update leaves out what is older than the skip boundary, and no more", "[catalog]") {
    // 26 s: of the first segment 22 s follow, less than six target durations.
    CHECK(to_delta_text(live(6, 2), {}) == to_live_text(live(6, 2), {}));
    const auto playlist = live(7, 2); // 30 s: 26 s follow the first, 22 s the second
    const std::string whole = to_live_text(playlist, {"a64"});
    const std::string delta = to_delta_text(playlist, {"a64"});
    CHECK(holds(delta, "#EXT-X-VERSION:9\n"));
    CHECK(holds(delta, "#EXT-X-MAP:URI=\"init.mp4\"\n#EXT-X-SKIP:SKIPPED-SEGMENTS=1\n"));
    const std::string_view second = "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:04.000Z\n";
    CHECK(delta.substr(delta.find(second)) == whole.substr(whole.find(second)));
}

TEST_CASE("a delta update names the init section of what follows it", "[catalog]") {
    auto playlist = live(20, 1);
    playlist.segments[3].head.init = ByteRange{1, 2};
    playlist.segments[5].head.init = ByteRange{3, 4};
    CHECK(holds(to_delta_text(playlist, {}), "#EXT-X-MAP:URI=\"init-5.mp4\"\n#EXT-X-SKIP"));
}

TEST_CASE("a delta update stays small, however long the session", "[catalog]") {
    CHECK(to_delta_text(live(3600, 3), {"v360s", "a64"}).size() <
          to_delta_text(live(20, 3), {"v360s", "a64"}).size() + 200);
}

TEST_CASE("the part that comes next is the open segment's, or a new one's first", "[catalog]") {
    CHECK(next_part(live(4, 2)) == PartPosition{4, 2});
    CHECK(next_part(live(4, 0)) == PartPosition{4, 0});
    CHECK(last_part(live(4, 2)) == PartPosition{4, 1});
    CHECK(last_part(live(4, 0)) == PartPosition{3, 3});
    CHECK_FALSE(last_part(live(0, 0)));
    CHECK(part_name({17, 2}) == "17.2.m4s");
}

TEST_CASE("a part beyond a segment's last is the next segment's first", "[catalog]") {
    const auto between = live(4, 0);
    CHECK(has_reached(between, 3, std::nullopt));
    CHECK(has_reached(between, 3, 3));
    CHECK_FALSE(has_reached(between, 3, 4));
    CHECK_FALSE(has_reached(between, 4, 0));
    CHECK_FALSE(has_reached(between, 4, std::nullopt));
    const auto within = live(4, 2);
    CHECK(has_reached(within, 3, 4));
    CHECK(has_reached(within, 2, 9));
    CHECK(has_reached(within, 4, 1));
    CHECK_FALSE(has_reached(within, 4, 2));
    CHECK_FALSE(has_reached(within, 4, std::nullopt));
}

TEST_CASE("a playlist is held back to a part", "[catalog]") {
    for (const auto& [last, whole, parts] :
         {std::tuple<PartPosition, std::uint64_t, std::size_t>{{4, 0}, 4, 1}, {{3, 3}, 4, 0},
          {{3, 1}, 3, 2}, {{2, 3}, 3, 0}}) {
        auto playlist = live(4, 2);
        hold_back_to(playlist, last);
        CHECK(playlist == live(whole, parts));
    }
    auto playlist = live(4, 2);
    hold_back_to(playlist, {9, 0});
    CHECK(playlist == live(4, 2));
}

TEST_CASE("what was appended to an index is read from where the reader was", "[catalog]") {
    const auto whole = live(6, 3);
    const std::string text = to_file_text(whole);
    for (std::uint64_t known = 0; known <= 6; ++known) {
        auto before = live(known, 0);
        const auto offset = header_bytes(before) + segment_bytes(before, 0);
        const auto more = parse_file_tail(before, text.substr(offset)).value();
        REQUIRE(more.segments.size() == 6 - known);
        before.segments.insert(before.segments.end(), more.segments.begin(), more.segments.end());
        before.open = more.open;
        CHECK(before == whole);
    }
}

TEST_CASE("what was appended and is none of an index is refused", "[catalog]") {
    const auto before = live(2, 0);
    CHECK(parse_file_tail(before, "#EXTINF:4.000000,\n#EXT-X-BYTERANGE:x\nv720.mp4\n").has_error());
    CHECK(parse_file_tail(before, "#EXTINF:4.000000,\n#EXT-X-BYTERANGE:9@9\nv999.mp4\n").has_error());
}

} // namespace catalog::media
