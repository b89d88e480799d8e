#include "catalog/media/served_playlist.h"
#include "tests/server/support/played_archive.h"

#include <catch2/catch.hpp>

using namespace server::play;
using namespace std::chrono_literals;
using namespace test::played;

TEST_CASE("a recording is served as its folder says", "[server]") {
    const ReadyArchive archive;
    const std::string grant = archive.grant();
    CHECK(text_of(archive.get(grant, "v360/index.m3u8")) ==
          to_served_text(track("v360", 5, MediaPlaylist::Age::ended)));
    CHECK(text_of(archive.get(grant, "main.m3u8")).find("v360/index.m3u8") != std::string::npos);
    CHECK(text_of(archive.get(grant, "captions/ja.vtt")).starts_with("WEBVTT\n"));

    const Reply segment = archive.get(grant, "v360/3.m4s");
    CHECK(segment.type == "video/mp4");
    const auto& span = std::get<FileSpan>(segment.body);
    CHECK(span.offset == 3100);
    CHECK(span.size == 1000);
    CHECK(archive.get(grant, "a64/init.mp4").type == "audio/mp4");
    CHECK(std::get<FileSpan>(archive.get(grant, "a64/init.mp4").body).size == 100);
    CHECK(archive.get(grant, "main.m3u8").type == "application/vnd.apple.mpegurl");
    CHECK(archive.get(grant, "captions/ja.vtt").type == "text/vtt; charset=utf-8");
}

TEST_CASE("what is not there is not found", "[server]") {
    const ReadyArchive archive;
    const std::string grant = archive.grant();
    for (const std::string wrong :
         {"", "/", "main.m3u", "v360", "v360/", "v360/5.m4s", "v360/-1.m4s", "v360/01.m4s",
          "v360/.m4s", "v360/1.mp4", "v360/18446744073709551616.m4s", "v720/0.m4s", "v360.m3u8",
          "v360.mp4", "captions/en.vtt", "captions/ja", "v360/0.m4s/", "source.mp4"}) {
        INFO(wrong);
        CHECK(archive.status(grant, wrong) == 404);
    }
    CHECK(archive.status(grant, "main.m3u8", "lec-02") == 404);
    for (const std::string target : {"/play", "/players/x"}) {
        CHECK_FALSE(archive.ask(target));
    }
    for (const std::string target : {"/play/", "/play/a", "/play/a/b", "/play///"}) {
        CHECK(archive.ask(target)->status == server::http::Status::not_found);
    }
    CHECK_FALSE(archive.ask("/play/" + grant + "/lec-01/main.m3u8", Method::post));
}

TEST_CASE("every address opens and closes with the window, to the millisecond", "[server]") {
    ArchiveWithIFrames archive;
    // Signed long ago and valid for ever, so that the window alone decides.
    server::access::Grant endless;
    endless.video = VideoId("lec-01");
    endless.expires = closes + 24h;
    const std::string grant = archive.keys.sign(endless);
    for (const std::string& resource : resources) {
        INFO(resource);
        archive.clock.set(opens - 1ms);
        CHECK(archive.status(grant, resource) == 403);
        archive.clock.set(opens);
        CHECK(archive.status(grant, resource) == 200);
        archive.clock.set(closes - 1ms);
        CHECK(archive.status(grant, resource) == 200);
        archive.clock.set(closes);
        CHECK(archive.status(grant, resource) == 410);
    }
    const auto refused = nlohmann::json::parse(
        std::get<std::string>(archive.get(grant, "main.m3u8").body));
    CHECK(refused["error"]["kind"] == "closed");
    CHECK(refused["error"]["closed_at"] == "2021-12-28T15:00:00Z");
}

TEST_CASE("a window that is changed acts on the next request", "[server]") {
    ReadyArchive archive;
    const std::string grant = archive.grant();
    CHECK(archive.status(grant, "v360/0.m4s") == 200);
    PlayableVideo shortened = Archive::video("lec-01");
    shortened.offering.window.closes = archive.clock.now();
    archive.table.put(shortened);
    CHECK(archive.status(grant, "v360/0.m4s") == 410);
    PlayableVideo withdrawn = Archive::video("lec-01");
    withdrawn.offering.published = false;
    archive.table.put(withdrawn);
    CHECK(archive.status(grant, "v360/0.m4s") == 404);
    archive.table.remove(VideoId("lec-01"));
    CHECK(archive.status(grant, "v360/0.m4s") == 404);
}

TEST_CASE("neither a grant nor a cached answer reaches past the window", "[server]") {
    ReadyArchive archive;
    const auto granted = [&archive] {
        return archive.play.grant_for(VideoId("lec-01"), {opens, closes}, {}).expires;
    };
    CHECK(granted() == archive.clock.now() + 8h);
    archive.clock.set(closes - 90min);
    CHECK(granted() == closes);

    const std::string grant = archive.grant();
    archive.clock.set(closes - 10s - 500ms);
    CHECK(archive.get(grant, "v360/0.m4s").cache_control == "public, max-age=10, immutable");
    CHECK(archive.get(grant, "v360/init.mp4").cache_control == "public, max-age=10, immutable");
    CHECK(archive.get(grant, "v360/index.m3u8").cache_control == "public, max-age=10");
    CHECK(archive.get(grant, "captions/ja.vtt").cache_control == "public, max-age=10");
    archive.clock.set(closes - 1ms);
    CHECK(archive.get(grant, "v360/0.m4s").cache_control == "public, max-age=0, immutable");

    archive.clock.set(opens);
    const std::string early = archive.grant();
    CHECK(archive.get(early, "v360/0.m4s").cache_control == "public, max-age=28800, immutable");
    CHECK(archive.get(early, "main.m3u8").cache_control == "public, max-age=60");
}

TEST_CASE("a grant ends to the millisecond, and then a new one is to be asked for", "[server]") {
    ReadyArchive archive;
    const std::string grant = archive.grant();
    archive.clock.set(archive.clock.now() + 8h - 1ms);
    CHECK(archive.status(grant, "main.m3u8") == 200);
    archive.clock.set(archive.clock.now() + 1ms);
    CHECK(archive.status(grant, "main.m3u8") == 403);
    CHECK(kind_of(archive.get(grant, "main.m3u8")) == "grant_expired");
}

TEST_CASE("the window is told before the grant is looked at", "[server]") {
    ReadyArchive archive;
    CHECK(archive.status("nonsense", "main.m3u8") == 404);
    archive.clock.set(closes);
    CHECK(archive.status("nonsense", "main.m3u8") == 410);
}

TEST_CASE("a preview opens the bytes for its session alone, whatever the window", "[server]") {
    ReadyArchive archive;
    archive.clock.set(closes + 24h);
    const auto clerk = server::access::session_tag("clerk");
    const std::string grant = archive.keys.sign(archive.play.preview_for(VideoId("lec-01"), clerk));
    CHECK(archive.status(grant, "v360/0.m4s") == 403);
    archive.sessions.add(clerk);
    CHECK(archive.status(grant, "v360/0.m4s") == 200);
    CHECK(archive.get(grant, "v360/0.m4s").cache_control.empty());
    CHECK(archive.get(grant, "main.m3u8").cache_control.empty());
    PlayableVideo draft = Archive::video("lec-01");
    draft.offering.published = false;
    archive.table.put(draft);
    CHECK(archive.status(grant, "v360/0.m4s") == 200);
    archive.sessions.remove(clerk);
    CHECK(archive.status(grant, "v360/0.m4s") == 403);
    archive.sessions.add(clerk);
    archive.clock.set(closes + 24h + 8h);
    CHECK(kind_of(archive.get(grant, "main.m3u8")) == "grant_expired");
    // A viewer's grant with the flag set by hand is no preview.
    std::string forged = archive.grant();
    const auto viewing = GrantKeys::read(forged, "lec-01");
    REQUIRE(viewing);
    CHECK(archive.status(forged, "main.m3u8") == 404);
}

TEST_CASE("a recording can be watched while it grows", "[server]") {
    Archive archive;
    const std::string grant = archive.grant();
    CHECK(archive.status(grant, "main.m3u8") == 409);
    CHECK(kind_of(archive.get(grant, "main.m3u8")) == "not_ready");

    archive.write(2, MediaPlaylist::Age::growing);
    archive.table.update_recording(RecordingId("rec"));
    CHECK(text_of(archive.get(grant, "v360/index.m3u8")) ==
          to_served_text(track("v360", 2, MediaPlaylist::Age::growing)));
    CHECK(archive.get(grant, "v360/index.m3u8").cache_control == "no-cache");
    CHECK(archive.status(grant, "v360/1.m4s") == 200);
    CHECK(archive.status(grant, "v360/2.m4s") == 404);

    archive.write(3, MediaPlaylist::Age::ended);
    archive.table.update_recording(RecordingId("rec"));
    CHECK(text_of(archive.get(grant, "v360/index.m3u8")) ==
          to_served_text(track("v360", 3, MediaPlaylist::Age::ended)));
    CHECK(archive.status(grant, "v360/2.m4s") == 200);
}

TEST_CASE("a rendition that has no segment yet is not listed", "[server]") {
    const Archive archive;
    archive.write(2, MediaPlaylist::Age::growing);
    archive.folder.remove("media/rec/v360.m3u8");
    CHECK(load_media(archive.folder / "media/rec", nullptr) == nullptr);
    archive.write(2, MediaPlaylist::Age::growing);
    archive.folder.remove("media/rec/a64.m3u8");
    CHECK(load_media(archive.folder / "media/rec", nullptr) == nullptr);
}

TEST_CASE("rebuilding keeps what is there and drops what is not", "[server]") {
    ReadyArchive archive;
    const auto before = archive.table.find("lec-01");
    archive.table.rebuild({Archive::video("lec-01"), Archive::video("lec-02")});
    CHECK(archive.table.find("lec-01")->media == before->media);
    CHECK(archive.table.find("lec-02")->media == before->media);
    archive.table.rebuild({Archive::video("lec-02")});
    CHECK(archive.table.find("lec-01") == nullptr);
    CHECK(before->media->rendition("v360") != nullptr);
}
