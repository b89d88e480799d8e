#include "catalog/media/served_playlist.h"
#include "server/play/stills.h"
#include "tests/server/support/client.h"
#include "tests/server/support/running_server.h"
#include "tests/server/support/stills_archive.h"

#include <catch2/catch.hpp>

#include <sys/stat.h>

using namespace server::play;
using namespace std::chrono_literals;
using namespace test::stilled;

TEST_CASE("stills are served as their folder says", "[server]") {
    const FinishedArchive archive;
    const std::string grant = archive.grant();
    CHECK(text_of(archive.get(grant, "thumbnails.vtt")) == thumbnails_vtt);
    CHECK(text_of(archive.get(grant, "slides.json")) == slides_json);
    CHECK(text_of(archive.get(grant, "main.m3u8")).find("v360slides/index.m3u8") !=
          std::string::npos);
    CHECK(text_of(archive.get(grant, "a48/index.m3u8")) ==
          to_served_text(track("a48", {10s, 8s, 12s})));
    CHECK(std::get<FileSpan>(archive.get(grant, "v360slides/1.m4s").body).offset == 1100);
    CHECK(std::get<FileSpan>(archive.get(grant, "slide-0002.webp").body).size == 7);

    CHECK(archive.get(grant, "poster.jpg").type == "image/jpeg");
    CHECK(archive.get(grant, "thumbnails-1.jpg").type == "image/jpeg");
    CHECK(archive.get(grant, "slide-0001.webp").type == "image/webp");
    CHECK(archive.get(grant, "thumbnails.vtt").type == "text/vtt; charset=utf-8");
    CHECK(archive.get(grant, "slides.json").type == "application/json");
    CHECK(archive.get(grant, "main.m3u8").type == "application/vnd.apple.mpegurl");
    CHECK(archive.get(grant, "a48/0.m4s").type == "audio/mp4");
}

TEST_CASE("no other name is found among stills, however it is spelt", "[server]") {
    const FinishedArchive archive;
    archive.folder.write("media/rec/stills/secret.jpg", "x");
    archive.folder.write("media/rec/stills/slide-0009.webp", "in no list");
    archive.folder.write("media/rec/source.mp4", "x");
    const std::string grant = archive.grant();
    for (const std::string wrong :
         {"", "/", ".", "..", "poster.jpg/", "/poster.jpg", "./poster.jpg", "../source.mp4",
          "..%2fsource.mp4", "%2e%2e/source.mp4", "poster.jpg%00", "Poster.jpg", "poster.jpeg",
          "secret.jpg", "slide-0009.webp", "slide-1.webp", "slide-00001.webp", "slide-0001.jpg",
          "thumbnails-00.jpg", "thumbnails-3.jpg", "thumbnails-.jpg", "thumbnails-0.jpg#xywh=0,0",
          "a48.mp4", "a48.m3u8", "v360slides.mp4", "v360slides/3.m4s", "v360slides/../poster.jpg",
          "v360/0.m4s", "audio.m3u8", "stills/poster.jpg", "captions/ja.vtt", "main.m3u8/"}) {
        INFO(wrong);
        const Reply reply = archive.get(grant, wrong);
        CHECK(static_cast<int>(reply.status) == 404);
        CHECK(reply.cache_control.empty());
    }
    // Nor does what is in there turn up beside the recording's own playlists.
    for (const std::string elsewhere : {"v360slides/0.m4s", "poster.jpg", "stills", "stillsx"}) {
        const std::string target = "/play/" + grant + "/lec-01/" + elsewhere;
        Head head;
        head.target = target;
        CHECK(archive.play.answer(head)->status == server::http::Status::not_found);
    }
}

TEST_CASE("what is no plain file of the folder is no picture", "[server]") {
    Archive archive;
    archive.write_stills();
    const fs::path stills = archive.folder / "media/rec/stills";
    archive.folder.write("outside", "not of this recording");
    for (const std::string name : {"poster.jpg", "slide-0001.webp", "thumbnails-0.jpg"}) {
        fs::remove(stills / name);
    }
    fs::create_symlink(archive.folder / "outside", stills / "poster.jpg");
    fs::create_directory(stills / "slide-0001.webp");
    REQUIRE(::mkfifo((stills / "thumbnails-0.jpg").c_str(), 0600) == 0);
    archive.table.update_recording(RecordingId("rec"));
    const std::string grant = archive.grant();
    for (const std::string name : {"poster.jpg", "slide-0001.webp", "thumbnails-0.jpg"}) {
        CHECK(archive.status(grant, name) == 404);
    }
    // Nor is it listed.
    CHECK(text_of(archive.get(grant, "slides.json")).find("slide-0001") == std::string::npos);
    CHECK(text_of(archive.get(grant, "thumbnails.vtt")).find("thumbnails-0") == std::string::npos);
    CHECK(archive.status(grant, "slide-0002.webp") == 200);

    SECTION("nor what stands in a picture's place since then") {
        fs::remove(stills / "slide-0002.webp");
        fs::create_symlink(archive.folder / "outside", stills / "slide-0002.webp");
        CHECK(archive.status(grant, "slide-0002.webp") == 404);
    }
    SECTION("nor anything of a folder that is a link") {
        fs::rename(stills, archive.folder / "elsewhere");
        fs::create_directory_symlink(archive.folder / "elsewhere", stills);
        archive.table.update_recording(RecordingId("rec"));
        CHECK(archive.status(grant, "slide-0002.webp") == 404);
        CHECK(archive.status(grant, "main.m3u8") == 404);
    }
}

TEST_CASE("every still opens and closes with the window, to the millisecond", "[server]") {
    FinishedArchive archive;
    server::access::Grant endless;
    endless.video = VideoId("lec-01");
    endless.expires = closes + 24h;
    const std::string grant = archive.keys.sign(endless);
    for (const std::string& name : names) {
        INFO(name);
        archive.clock.set(opens - 1ms);
        CHECK(archive.status(grant, name) == 403);
        archive.clock.set(opens);
        CHECK(archive.status(grant, name) == 200);
        archive.clock.set(closes - 1ms);
        CHECK(archive.status(grant, name) == 200);
        archive.clock.set(closes);
        CHECK(archive.status(grant, name) == 410);
    }
}

TEST_CASE("a still needs a grant of its own video, published", "[server]") {
    FinishedArchive archive;
    archive.table.put(Archive::video("lec-02"));
    const std::string grant = archive.grant();
    for (const std::string& name : names) {
        INFO(name);
        CHECK(archive.status("nonsense", name) == 404);
        CHECK(archive.status(grant, name, "lec-02") == 404);
        CHECK(archive.status(archive.grant("lec-02"), name, "lec-02") == 200);
    }
    PlayableVideo withdrawn = Archive::video("lec-01");
    withdrawn.offering.published = false;
    archive.table.put(withdrawn);
    for (const std::string& name : names) {
        CHECK(archive.status(grant, name) == 404);
    }
}

TEST_CASE("no still is kept longer than its window and its grant last", "[server]") {
    FinishedArchive archive;
    const std::string early = archive.grant();
    CHECK(archive.get(early, "poster.jpg").cache_control == "public, max-age=28800, immutable");
    CHECK(archive.get(early, "thumbnails.vtt").cache_control == "public, max-age=60");
    CHECK(archive.get(early, "main.m3u8").cache_control == "public, max-age=60");
    archive.clock.set(closes - 10s - 500ms);
    const std::string late = archive.grant();
    for (const std::string& name : names) {
        INFO(name);
        CHECK(archive.get(late, name).cache_control.starts_with("public, max-age=10"));
    }

    const auto clerk = server::access::session_tag("clerk");
    archive.sessions.add(clerk);
    const std::string preview =
        archive.keys.sign(archive.play.preview_for(VideoId("lec-01"), clerk));
    for (const std::string& name : names) {
        CHECK(archive.status(preview, name) == 200);
        CHECK(archive.get(preview, name).cache_control.empty());
    }
}

TEST_CASE("stills are there when their folder is, and then all at once", "[server]") {
    Archive archive;
    const std::string grant = archive.grant();
    for (const std::string& name : names) {
        CHECK(archive.status(grant, name) == 404);
        CHECK(archive.get(grant, name).cache_control.empty());
    }
    archive.write_stills();
    archive.table.update_recording(RecordingId("rec"));
    for (const std::string& name : names) {
        CHECK(archive.status(grant, name) == 200);
    }
    // A transcoder that begins anew takes them away.
    fs::remove_all(archive.folder / "media/rec/stills");
    CHECK(archive.status(grant, "poster.jpg") == 404);
    archive.table.update_recording(RecordingId("rec"));
    for (const std::string& name : names) {
        CHECK(archive.status(grant, name) == 404);
    }
}

TEST_CASE("stills go over the wire with their tags, and compressed where they are texts",
          "[server]") {
    FinishedArchive archive;
    server::http::Site site;
    site.at_once = [&archive](const Head& head) { return archive.play.answer(head); };
    const test::RunningServer server(site);
    test::Client client(server.port());
    const std::string folder = "/play/" + archive.grant() + "/lec-01/stills/";

    const test::Answer poster = client.get(folder + "poster.jpg");
    CHECK(poster.status == 200);
    CHECK(poster.body == "the poster");
    CHECK(poster.field("content-type") == "image/jpeg");
    const std::string known = "If-None-Match: " + poster.field("etag") + "\r\n";
    CHECK(client.get(folder + "poster.jpg", known).status == 304);
    CHECK(client.get(folder + "slide-0001.webp", known).status == 200);
    archive.folder.write("media/rec/stills/poster.jpg", "another poster");
    CHECK(client.get(folder + "poster.jpg", known).body == "another poster");

    const test::Answer zipped = client.get(folder + "thumbnails.vtt", "Accept-Encoding: gzip\r\n");
    CHECK(zipped.field("content-encoding") == "gzip");
    CHECK(zipped.field("vary") == "Accept-Encoding");
    CHECK(client.get(folder + "thumbnails.vtt",
                     "If-None-Match: " + client.get(folder + "thumbnails.vtt").field("etag") +
                         "\r\n")
              .status == 304);
    const test::Answer missing = client.get(folder + "slide-0004.webp");
    CHECK(missing.status == 404);
    CHECK(missing.field("cache-control") == "no-store");
}
