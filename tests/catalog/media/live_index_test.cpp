#include "catalog/media/media_playlist.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

using namespace std::chrono_literals;

constexpr const char* growing_file =
    "#EXTM3U\n"
    "#EXT-X-VERSION:6\n"
    "#EXT-X-TARGETDURATION:4\n"
    "#EXT-X-PART-INF:PART-TARGET=1.050000\n"
    "#EXT-X-MEDIA-SEQUENCE:0\n"
    "#EXT-X-PLAYLIST-TYPE:EVENT\n"
    "#EXT-X-MAP:URI=\"v720.mp4\",BYTERANGE=\"798@0\"\n"
    "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:00.000Z\n"
    "#EXT-X-PART:DURATION=1.000000,URI=\"v720.mp4\",BYTERANGE=\"1234@798\",INDEPENDENT=YES\n"
    "#EXT-X-PART:DURATION=1.000000,URI=\"v720.mp4\",BYTERANGE=\"1200@2032\"\n"
    "#EXTINF:2.000000,\n"
    "#EXT-X-BYTERANGE:2434@798\n"
    "v720.mp4\n"
    "#EXT-X-DISCONTINUITY\n"
    "#EXT-X-MAP:URI=\"v720.mp4\",BYTERANGE=\"801@3232\"\n"
    "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:20:00.500Z\n"
    "#EXT-X-PART:DURATION=1.001000,URI=\"v720.mp4\",BYTERANGE=\"77@4033\",INDEPENDENT=YES\n";

MediaPlaylist growing() {
    MediaPlaylist playlist;
    playlist.target_duration = 4;
    playlist.part_target = 1'050'000us;
    playlist.file = "v720.mp4";
    playlist.init = {0, 798};
    Segment whole{2s, {798, 2434}};
    whole.head.begins_at = time::parse_rfc3339("2021-10-27T04:10:00Z");
    whole.parts = {{1s, {798, 1234}, Part::Start::independent},
                   {1s, {2032, 1200}, Part::Start::dependent}};
    playlist.segments = {whole};
    Segment open{1'001'000us, {4033, 77}};
    open.head.begins_at = time::parse_rfc3339("2021-10-27T04:20:00.500Z");
    open.head.continuity = SegmentHead::Continuity::breaks;
    open.head.init = ByteRange{3232, 801};
    open.parts = {{1'001'000us, {4033, 77}, Part::Start::independent}};
    playlist.open = open;
    return playlist;
}

} // namespace

TEST_CASE("a live recording's index tells of parts, breaks and the wall clock", "[catalog]") {
    CHECK(to_file_text(growing()) == growing_file);
    CHECK(parse_file_text(growing_file).value() == growing());
}

TEST_CASE("an ended live recording has no parts, and keeps breaks and the wall clock", "[catalog]") {
    auto playlist = growing();
    playlist.segments.push_back(*playlist.open);
    playlist.open.reset();
    playlist.age = MediaPlaylist::Age::ended;
    const auto text = to_file_text(playlist);
    CHECK(text.find("PART") == std::string::npos);
    const auto read = parse_file_text(text).value();
    CHECK(read.segments[1].head == playlist.segments[1].head);
    CHECK(to_file_text(read) == text);
}

TEST_CASE("a live index that was cut off anywhere is read to its last whole part", "[catalog]") {
    const std::string text = growing_file;
    const auto header = text.find("#EXT-X-PROGRAM");
    std::size_t parts_before = 0;
    for (auto size = header; size <= text.size(); ++size) {
        CAPTURE(size);
        const auto read = parse_file_text(text.substr(0, size));
        REQUIRE(read.has_value());
        std::size_t parts = read->open ? read->open->parts.size() : 0;
        for (const auto& segment : read->segments)
            parts += segment.parts.size();
        CHECK(parts >= parts_before);
        CHECK(parts <= parts_before + 1);
        parts_before = parts;
    }
    CHECK(parts_before == 3);
}

} // namespace catalog::media
