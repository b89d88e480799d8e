#include "server/play/stills.h"
#include "tests/server/support/stills_archive.h"

#include <catch2/catch.hpp>

using namespace server::play;
using namespace std::chrono_literals;
using namespace test::stilled;

TEST_CASE("what is broken among the stills is left out, and the video plays", "[server]") {
    Archive archive;
    archive.write_stills();
    const auto [file, text] = GENERATE(table<std::string, std::string>({
        {"thumbnails.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n../../kiroku.db#xywh=0,0,1,1\n"},
        {"thumbnails.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nthumbnails-0.jpg\n"},
        {"thumbnails.vtt", "WEBVTT\n\n00:00:05.000 --> 00:00:00.000\nthumbnails-0.jpg#xywh=0,0,1,1\n"},
        {"thumbnails.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nthumbnails-0.jpg#xywh=0,0,1\n"},
        {"thumbnails.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nthumbnails-0.jpg#xywh=0,0,1,-1\n"},
        {"thumbnails.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:05.000 x\nthumbnails-0.jpg#xywh=0,0,1,1\n"},
        {"thumbnails.vtt", ""},
        {"slides.json", R"([{"at_s":0,"until_s":1,"file":"../../kiroku.db"}])"},
        {"slides.json", R"([{"at_s":0,"until_s":1,"file":"slide-0001.webp/../x"}])"},
        {"slides.json", R"([{"at_s":-1,"until_s":1,"file":"slide-0001.webp"}])"},
        {"slides.json", R"([{"at_s":2,"until_s":1,"file":"slide-0001.webp"}])"},
        {"slides.json", R"([{"at_s":"0","until_s":1,"file":"slide-0001.webp"}])"},
        {"slides.json", R"([{"at_s":1e300,"until_s":1e300,"file":"slide-0001.webp"}])"},
        {"slides.json", "[1]"},
        {"slides.json", "{"},
        {"main.m3u8", "#EXTM3U\n"},
    }));
    CAPTURE(file, text);
    archive.folder.write("media/rec/stills/" + file, text);
    archive.table.update_recording(RecordingId("rec"));
    const std::string grant = archive.grant();
    CHECK(archive.status(grant, file) == 404);
    CHECK(archive.status(grant, "poster.jpg") == 200);
    CHECK(archive.status(grant, "slide-0001.webp") == (file == "slides.json" ? 404 : 200));
    const auto entry = archive.table.find("lec-01");
    REQUIRE(entry->media);
    CHECK(entry->media->rendition("v360") != nullptr);
}

TEST_CASE("a video that shows a span has the stills of that and of nothing else", "[server]") {
    FinishedArchive archive;
    archive.put_clip(11s, 20s);
    const std::string grant = archive.grant("clip");
    // Told in the clip's own time, which begins at 11 s.
    CHECK(text_of(archive.get(grant, "thumbnails.vtt", "clip")) ==
          "WEBVTT\n\n"
          "00:00:00.000 --> 00:00:04.000\n"
          "thumbnails-1.jpg#xywh=0,0,160,90\n\n"
          "00:00:04.000 --> 00:00:09.000\n"
          "thumbnails-1.jpg#xywh=160,0,160,90\n");
    CHECK(nlohmann::json::parse(text_of(archive.get(grant, "slides.json", "clip"))) ==
          nlohmann::json::parse(R"([{"at_s":0.0,"until_s":7.4,"file":"slide-0002.webp"},
                                    {"at_s":7.4,"until_s":9.0,"file":"slide-0003.webp"}])"));
    for (const std::string outside :
         {"thumbnails-0.jpg", "thumbnails-2.jpg", "slide-0001.webp", "poster.jpg",
          "v360slides/0.m4s", "a48/0.m4s"}) {
        INFO(outside);
        CHECK(archive.status(grant, outside, "clip") == 404);
    }
    for (const std::string inside : {"thumbnails-1.jpg", "slide-0002.webp", "slide-0003.webp",
                                     "v360slides/1.m4s", "v360slides/2.m4s", "a48/2.m4s"}) {
        INFO(inside);
        CHECK(archive.status(grant, inside, "clip") == 200);
    }
    const auto media = archive.table.find("clip")->media;
    CHECK(media->stills->poster == "slide-0002.webp");
    // Both begin with a segment of their own: from 6 s on, and from 10 s.
    CHECK(media->pieces == std::vector<catalog::media::ServedPiece>{{5s, 9s}});
    CHECK(media->stills->show->pieces == std::vector<catalog::media::ServedPiece>{{1s, 9s}});
    // The whole recording is another video's, and has lost nothing.
    CHECK(text_of(archive.get(archive.grant(), "thumbnails.vtt")) == thumbnails_vtt);
}

TEST_CASE("a file of small pictures is not served for a span that has only some of them",
          "[server]") {
    FinishedArchive archive;
    archive.put_clip(0s, 5s);
    const std::string grant = archive.grant("clip");
    CHECK(archive.status(grant, "thumbnails.vtt", "clip") == 404);
    CHECK(archive.status(grant, "thumbnails-0.jpg", "clip") == 404);
    archive.put_clip(0s, 9s);
    CHECK(archive.status(grant, "thumbnails-0.jpg", "clip") == 200);
    CHECK(text_of(archive.get(grant, "thumbnails.vtt", "clip")).find("thumbnails-1") ==
          std::string::npos);
}
