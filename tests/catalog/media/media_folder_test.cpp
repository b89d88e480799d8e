#include "catalog/media/media_folder.h"

#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

using std::chrono::microseconds;

MediaPlaylist track(const std::string& name, MediaPlaylist::Age age) {
    MediaPlaylist playlist;
    playlist.age = age;
    playlist.file = name + ".mp4";
    playlist.init = {0, 100};
    playlist.segments = {{microseconds(6'000'000), {100, 50}},
                         {microseconds(2'000'000), {150, 25}}};
    return playlist;
}

/// A recording's folder with two renditions, whose bytes stand for media.
struct Folder {
    test::TemporaryFolder place;

    explicit Folder(MediaPlaylist::Age age = MediaPlaylist::Age::ended) {
        const MultivariantPlaylist main{
            {{"a64", "ja", "日本語", 2, AudioRendition::Choice::standard}},
            {{"v360", {1000, 900}, "avc1.64001E,mp4a.40.2", {{640, 360, "10.000"}}}}};
        const MultivariantPlaylist audio{{}, {{"a64", {100, 90}, "mp4a.40.2", std::nullopt}}};
        place.write("main.m3u8", to_file_text(main));
        place.write("audio.m3u8", to_file_text(audio));
        place.write("source.mp4", "source");
        for (const std::string name : {"v360", "a64"}) {
            put(name, track(name, age));
            place.write(name + ".mp4", std::string(175, 'x'));
        }
    }

    void put(const std::string& name, const MediaPlaylist& playlist) {
        place.write(name + ".m3u8", to_file_text(playlist));
    }
};

} // namespace

TEST_CASE("rendition names are told from other names", "[catalog]") {
    for (const auto* name : {"v720", "a64", "a64en", "v1080p60", "v1"}) {
        CHECK(is_rendition_name(name));
    }
    for (const auto* name : {"", "v", "audio", "main", "x64", "v720/..", "V720", "v72-0",
                             "v720.mp4", "v7200000000000000"}) {
        INFO(name);
        CHECK_FALSE(is_rendition_name(name));
    }
}

TEST_CASE("a finished folder is read at once", "[catalog]") {
    const Folder folder;
    const auto media = read_media_folder(folder.place.path()).value();
    CHECK(media.main.variants.size() == 1);
    CHECK(media.audio->variants.front().rendition == "a64");
    CHECK(media.renditions.at("v360") == track("v360", MediaPlaylist::Age::ended));
    CHECK(media.renditions.at("a64") == track("a64", MediaPlaylist::Age::ended));
    CHECK(media.names() == std::set<std::string>{"a64", "v360"});
    CHECK(media.ended());
    CHECK(media.duration() == microseconds(8'000'000));
    CHECK(check_media_folder(folder.place.path()).empty());
}

TEST_CASE("a growing folder has the renditions that have a segment", "[catalog]") {
    Folder folder(MediaPlaylist::Age::growing);
    MediaPlaylist empty = track("a64", MediaPlaylist::Age::growing);
    empty.segments.clear();
    folder.put("a64", empty);
    const auto media = read_media_folder(folder.place.path()).value();
    CHECK(media.renditions.size() == 1);
    CHECK(media.renditions.contains("v360"));
    CHECK_FALSE(media.ended());
}

TEST_CASE("a folder is whole only when all its renditions are", "[catalog]") {
    Folder folder;
    folder.put("a64", track("a64", MediaPlaylist::Age::growing));
    CHECK_FALSE(read_media_folder(folder.place.path()).value().ended());
    folder.place.remove("a64.m3u8");
    CHECK_FALSE(read_media_folder(folder.place.path()).value().ended());
}

TEST_CASE("what cannot be played yet is not ready", "[catalog]") {
    const test::TemporaryFolder nothing;
    CHECK(read_media_folder(nothing.path()).error().kind == Refusal::not_ready);
    CHECK(read_media_folder(nothing.path() / "missing").error().kind == Refusal::not_ready);

    Folder folder;
    folder.place.remove("v360.m3u8");
    folder.place.remove("a64.m3u8");
    CHECK(read_media_folder(folder.place.path()).error().kind == Refusal::not_ready);
}

TEST_CASE("an index that lies is refused", "[catalog]") {
    Folder folder;
    SECTION("a range beyond the end of its file") {
        folder.place.write("v360.mp4", std::string(174, 'x'));
    }
    SECTION("a file that is not there") {
        folder.place.remove("v360.mp4");
    }
    SECTION("another rendition's file") {
        folder.put("v360", track("a64", MediaPlaylist::Age::ended));
    }
    SECTION("no index at all") {
        folder.place.write("v360.m3u8", "#EXTM3U\n");
    }
    SECTION("a main playlist that is none") {
        folder.place.write("main.m3u8", "hello\n");
    }
    SECTION("a name that leads out of the folder") {
        const MultivariantPlaylist main{{}, {{"../v360", {1, 1}, "avc1", std::nullopt}}};
        folder.place.write("main.m3u8", to_file_text(main));
    }
    const auto media = read_media_folder(folder.place.path());
    REQUIRE(media.has_error());
    CHECK(media.error().kind == Refusal::invalid);
    CHECK(check_media_folder(folder.place.path()) == std::vector{media.error().message});
}

TEST_CASE("each broken promise of a finished folder is told", "[catalog]") {
    Folder folder;
    std::string expected;
    SECTION("a rendition without its end") {
        folder.put("a64", track("a64", MediaPlaylist::Age::growing));
        expected = "a64.mp4: its index has no end";
    }
    SECTION("a rendition without its index") {
        folder.place.remove("a64.m3u8");
        expected = "a64.m3u8: it is missing or names no segment";
    }
    SECTION("bytes that no index names") {
        folder.place.write("v360.mp4", std::string(176, 'x'));
        expected = "v360.mp4: its index does not name its last bytes";
    }
    SECTION("a hole between segments") {
        MediaPlaylist playlist = track("v360", MediaPlaylist::Age::ended);
        playlist.segments[1].bytes = {151, 24};
        folder.put("v360", playlist);
        expected = "v360.mp4: segments leave a hole or overlap at byte 150";
    }
    SECTION("a rendition that ends before the others") {
        MediaPlaylist playlist = track("a64", MediaPlaylist::Age::ended);
        playlist.segments[1].duration = microseconds(1'860'000);
        folder.put("a64", playlist);
        expected = "a64.m3u8: it ends 140 ms before another rendition";
    }
    SECTION("a track that no playlist names") {
        folder.place.write("v720.mp4", "x");
        expected = "v720.mp4: no list of renditions names it";
    }
    REQUIRE_FALSE(expected.empty());
    CHECK(check_media_folder(folder.place.path()) == std::vector{expected});
}

TEST_CASE("ends may differ by a frame of each", "[catalog]") {
    Folder folder;
    MediaPlaylist playlist = track("a64", MediaPlaylist::Age::ended);
    playlist.segments[1].duration = microseconds(1'870'000);
    folder.put("a64", playlist);
    CHECK(check_media_folder(folder.place.path()).empty());
}

} // namespace catalog::media
