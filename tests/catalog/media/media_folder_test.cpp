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

    /// Lists the I-frames of v360, and puts them beside it.
    void add_i_frames() {
        MultivariantPlaylist main = read_media_folder(place.path()).value().main;
        main.i_frames = IFrameStream{"v360", {500, 400}, "avc1.64001E", 640, 360};
        place.write("main.m3u8", to_file_text(main));
        place.write("v360-iframes.m3u8", to_file_text(i_frames()));
    }

    static MediaPlaylist i_frames() {
        MediaPlaylist playlist = track("v360", MediaPlaylist::Age::ended);
        playlist.content = MediaPlaylist::Content::i_frames;
        playlist.segments = {{microseconds(6'000'000), {100, 20}},
                             {microseconds(2'000'000), {150, 10}}};
        return playlist;
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

TEST_CASE("a folder's I-frames are read where they are listed", "[catalog]") {
    Folder folder;
    CHECK_FALSE(read_media_folder(folder.place.path()).value().i_frames);
    folder.add_i_frames();
    const auto media = read_media_folder(folder.place.path()).value();
    CHECK(media.i_frames == Folder::i_frames());
    CHECK(media.names() == std::set<std::string>{"a64", "v360"});
    CHECK(check_media_folder(folder.place.path()).empty());
    CHECK(is_i_frames_file("v360-iframes.m3u8"));
    for (const auto* name : {"v360.m3u8", "-iframes.m3u8", "main-iframes.m3u8", "v360-iframes.mp4"}) {
        INFO(name);
        CHECK_FALSE(is_i_frames_file(name));
    }
}

TEST_CASE("a folder whose I-frames are missing plays on, and is told of", "[catalog]") {
    Folder folder;
    folder.add_i_frames();
    folder.place.remove("v360-iframes.m3u8");
    const auto media = read_media_folder(folder.place.path()).value();
    CHECK(media.renditions.size() == 2);
    CHECK_FALSE(media.i_frames);
    CHECK(check_media_folder(folder.place.path()) ==
          std::vector<std::string>{"v360-iframes.m3u8: it is missing"});
}

TEST_CASE("I-frames that break their promise are told of", "[catalog]") {
    Folder folder;
    folder.add_i_frames();
    MediaPlaylist i_frames = Folder::i_frames();
    std::string expected;
    SECTION("ranges beyond the end of their file") {
        i_frames.segments[1].bytes = {150, 26};
        expected = "v360-iframes.m3u8: it names bytes beyond the end of v360.mp4";
    }
    SECTION("more than I-frames") {
        i_frames.content = MediaPlaylist::Content::all;
        expected = "v360-iframes.m3u8: it names more than I-frames";
    }
    SECTION("no end") {
        i_frames.age = MediaPlaylist::Age::growing;
        expected = "v360-iframes.m3u8: it has no end";
    }
    SECTION("an end before the recording's") {
        i_frames.segments.pop_back();
        expected = "v360-iframes.m3u8: its I-frames end before the recording";
    }
    folder.place.write("v360-iframes.m3u8", to_file_text(i_frames));
    SECTION("I-frames in the place of an index") {
        folder.put("v360", Folder::i_frames());
        folder.place.write("v360-iframes.m3u8", to_file_text(Folder::i_frames()));
        expected = "v360.m3u8: it names nothing but I-frames";
    }
    SECTION("I-frames that nothing lists") {
        folder.place.write("a64-iframes.m3u8", to_file_text(i_frames));
        expected = "a64-iframes.m3u8: no list of renditions names it";
    }
    SECTION("I-frames of a rendition that is not listed") {
        MultivariantPlaylist main = read_media_folder(folder.place.path()).value().main;
        main.i_frames->rendition = "v480";
        folder.place.write("main.m3u8", to_file_text(main));
        expected = "main.m3u8: it names the I-frames of a rendition that it does not name";
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
