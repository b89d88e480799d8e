#include "catalog/media/cut.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::media;
using namespace std::chrono_literals;

namespace {

using enum SegmentHead::Continuity;

/// Ten segments of six seconds; from the one at `changed` on with another init section.
MediaPlaylist recording(std::size_t changed = 100) {
    MediaPlaylist playlist;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.file = "v360.mp4";
    playlist.init = {0, 100};
    for (std::uint64_t at = 0; at < 10; ++at) {
        Segment segment{6s, {100 + 1000 * at, 1000}};
        if (at == changed) {
            segment.head = {{}, breaks, ByteRange{90'000, 50}};
        }
        playlist.segments.push_back(segment);
    }
    return playlist;
}

std::vector<std::uint64_t> numbers_of(const MediaPlaylist& playlist) {
    std::vector<std::uint64_t> numbers;
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        numbers.push_back(playlist.number_at(at));
    }
    return numbers;
}

} // namespace

TEST_CASE("a clip has the segments that hold something of it, under their own numbers",
          "[catalog]") {
    const auto whole = recording();
    const Clip clip(Span{7s, 50s}, {{14s, 36s}});
    const auto part = cut_playlist(whole, cut_of(whole, clip));
    CHECK(numbers_of(part) == std::vector<std::uint64_t>{1, 2, 6, 7, 8});
    CHECK(part.first_number == 1);
    CHECK(part.segments[1].head.continuity == follows);
    CHECK(part.segments[2].head.continuity == breaks);
    CHECK(part.find(6)->bytes == ByteRange{6100, 1000});
    for (const std::uint64_t outside : {0U, 3U, 4U, 5U, 9U, 10U}) {
        CHECK(part.find(outside) == nullptr);
    }
    CHECK(served_pieces(cut_of(whole, clip), clip, whole.age) ==
          std::vector<ServedPiece>{{1s, 7s}, {12s, 14s}});
}

TEST_CASE("a cut shorter than its segments takes none away", "[catalog]") {
    const auto whole = recording();
    const Clip clip(std::nullopt, {{13s, 17s}});
    const auto cut = cut_of(whole, clip);
    CHECK(cut_playlist(whole, cut) == whole);
    CHECK(served_pieces(cut, clip, whole.age) == std::vector<ServedPiece>{{0s, 13s}, {17s, 43s}});
}

TEST_CASE("what begins behind another init section keeps it", "[catalog]") {
    const auto whole = recording(4);
    const auto behind = cut_playlist(whole, cut_of(whole, Clip(Span{30s, 60s}, {})));
    CHECK(behind.segments.front().head == SegmentHead{{}, follows, ByteRange{90'000, 50}});
    const auto across = cut_playlist(whole, cut_of(whole, Clip(std::nullopt, {{12s, 36s}})));
    CHECK(numbers_of(across) == std::vector<std::uint64_t>{0, 1, 6, 7, 8, 9});
    CHECK(across.segments[2].head == SegmentHead{{}, breaks, ByteRange{90'000, 50}});
    CHECK_FALSE(across.segments[3].head.init);
}

TEST_CASE("a clip of a recording that grows ends when it was passed", "[catalog]") {
    auto whole = recording();
    whole.age = MediaPlaylist::Age::growing;
    const Clip passed(Span{0s, 60s}, {{20s, 30s}});
    CHECK(cut_playlist(whole, cut_of(whole, passed)).age == MediaPlaylist::Age::ended);
    const Clip ahead(Span{0s, 61s}, {{20s, 30s}});
    CHECK(cut_playlist(whole, cut_of(whole, ahead)).age == MediaPlaylist::Age::growing);
    const Clip open(std::nullopt, {{20s, 30s}});
    const auto cut = cut_of(whole, open);
    CHECK(cut_playlist(whole, cut).age == MediaPlaylist::Age::growing);
    CHECK(served_pieces(cut, open, whole.age) ==
          std::vector<ServedPiece>{{0s, 20s}, {24s, std::nullopt}});
}
