#include "catalog/media/served_playlist.h"
#include "tests/server/support/played_archive.h"

#include <catch2/catch.hpp>

using namespace server::play;
using namespace std::chrono_literals;
using namespace test::played;

TEST_CASE("each I-frame is a whole answer of its own", "[server]") {
    const ArchiveWithIFrames archive;
    const std::string grant = archive.grant();
    CHECK(text_of(archive.get(grant, "main.m3u8")).find("URI=\"v360/iframes.m3u8\"") !=
          std::string::npos);
    const Reply list = archive.get(grant, "v360/iframes.m3u8");
    CHECK(text_of(list) == to_served_text(archive.whole));
    CHECK(list.type == "application/vnd.apple.mpegurl");
    const Reply frame = archive.get(grant, "v360/i7.m4s");
    CHECK(frame.type == "video/mp4");
    CHECK(std::get<FileSpan>(frame.body).offset == 3600);
    CHECK(std::get<FileSpan>(frame.body).size == 40);
    CHECK(frame.etag != archive.get(grant, "v360/7.m4s").etag);
    CHECK(frame.etag != archive.get(grant, "v360/i6.m4s").etag);
    for (const std::string wrong : {"v360/i10.m4s", "v360/i07.m4s", "v360/i.m4s", "v360/ii7.m4s",
                                    "a64/i0.m4s", "a64/iframes.m3u8", "v360-iframes.m3u8"}) {
        INFO(wrong);
        CHECK(archive.status(grant, wrong) == 404);
    }
}

TEST_CASE("a folder without I-frames plays, also where it lists some", "[server]") {
    const ArchiveWithIFrames archive;
    archive.folder.remove("media/rec/v360-iframes.m3u8");
    const auto media = load_media(archive.folder / "media/rec", nullptr);
    REQUIRE(media != nullptr);
    CHECK(media->main->plain.find("I-FRAME") == std::string::npos);
    CHECK(media->rendition("v360")->i_frame_index == nullptr);
    const ReadyArchive without;
    CHECK(without.status(without.grant(), "v360/iframes.m3u8") == 404);
    CHECK(without.status(without.grant(), "v360/i0.m4s") == 404);
}

TEST_CASE("a span has the I-frames of its segments and no others", "[server]") {
    ArchiveWithIFrames archive;
    PlayableVideo clip = Archive::video("clip");
    clip.span = catalog::Span{12s, 20s};
    archive.table.put(clip);
    const std::string grant = archive.grant("clip");
    MediaPlaylist cut = archive.whole;
    cut.first_number = 4;
    cut.segments = {cut.segments[4], cut.segments[5], cut.segments[6], cut.segments[7]};
    CHECK(text_of(archive.get(grant, "v360/iframes.m3u8", "clip")) == to_served_text(cut));
    CHECK(archive.status(grant, "v360/i3.m4s", "clip") == 404);
    CHECK(archive.status(grant, "v360/i8.m4s", "clip") == 404);
    CHECK(std::get<FileSpan>(archive.get(grant, "v360/i7.m4s", "clip").body).offset == 3600);
}

TEST_CASE("a video shows its span of a recording and nothing else of it", "[server]") {
    ReadyArchive archive;
    PlayableVideo clip = Archive::video("clip");
    clip.span = catalog::Span{12s, 20s};
    archive.table.put(clip);
    const std::string grant = archive.grant("clip");

    MediaPlaylist cut = track("v360", 5, MediaPlaylist::Age::ended);
    cut.first_number = 2;
    cut.segments = {cut.segments[2], cut.segments[3]};
    CHECK(text_of(archive.get(grant, "v360/index.m3u8", "clip")) == to_served_text(cut));
    for (const std::string rendition : {"v360", "a64"}) {
        CHECK(archive.status(grant, rendition + "/1.m4s", "clip") == 404);
        CHECK(archive.status(grant, rendition + "/2.m4s", "clip") == 200);
        CHECK(archive.status(grant, rendition + "/3.m4s", "clip") == 200);
        CHECK(archive.status(grant, rendition + "/4.m4s", "clip") == 404);
    }
    CHECK(std::get<FileSpan>(archive.get(grant, "v360/3.m4s", "clip").body).offset == 3100);
    // The whole is another video's, and the grants of one open nothing of the other.
    CHECK(archive.status(grant, "v360/0.m4s", "lec-01") == 404);
    CHECK(archive.status(archive.grant(), "v360/0.m4s", "lec-01") == 200);
}

TEST_CASE("a break that is cut out is served to nobody, and what follows it is another stretch",
          "[server]") {
    ArchiveWithIFrames archive;
    PlayableVideo clip = Archive::video("clip");
    clip.span = catalog::Span{1s, 29s};
    clip.cuts = {{8s, 20s}};
    archive.table.put(clip);
    const std::string grant = archive.grant("clip");
    for (const std::string rendition : {"v360", "a64"}) {
        INFO(rendition);
        CHECK(archive.status(grant, rendition + "/2.m4s", "clip") == 404);
        for (const std::string inside : {"0", "1", "3", "4"}) {
            CHECK(archive.status(grant, rendition + "/" + inside + ".m4s", "clip") == 200);
        }
        CHECK(text_of(archive.get(grant, rendition + "/index.m3u8", "clip"))
                  .find("1.m4s\n#EXT-X-DISCONTINUITY\n#EXTINF:6.000000,\n3.m4s\n") !=
              std::string::npos);
    }
    CHECK(std::get<FileSpan>(archive.get(grant, "v360/3.m4s", "clip").body).offset == 3100);
    CHECK(archive.status(grant, "v360/i4.m4s", "clip") == 404);
    CHECK(archive.status(grant, "v360/i5.m4s", "clip") == 404);
    CHECK(std::get<FileSpan>(archive.get(grant, "v360/i6.m4s", "clip").body).offset == 3100);
    CHECK(text_of(archive.get(grant, "v360/iframes.m3u8", "clip"))
              .find("i3.m4s\n#EXT-X-DISCONTINUITY\n") != std::string::npos);
    CHECK(archive.table.find("clip")->media->pieces ==
          std::vector<catalog::media::ServedPiece>{{1s, 7s}, {14s, 9s}});
}

TEST_CASE("only a preview opens what a clip leaves out of its recording", "[server]") {
    ReadyArchive archive;
    PlayableVideo clip = Archive::video("clip");
    clip.span = catalog::Span{12s, 20s};
    archive.table.put(clip);
    CHECK(archive.status(archive.grant("clip"), "whole/v360/0.m4s", "clip") == 404);
    CHECK(archive.status(archive.grant("clip"), "whole/main.m3u8", "clip") == 404);
    const server::access::SessionTag session{};
    archive.sessions.add(session);
    const std::string preview =
        archive.keys.sign(archive.play.preview_for(VideoId("clip"), session));
    CHECK(archive.status(preview, "whole/v360/0.m4s", "clip") == 200);
    CHECK(archive.status(preview, "whole/main.m3u8", "clip") == 200);
    CHECK(archive.status(preview, "v360/0.m4s", "clip") == 404);
}

TEST_CASE("a span has ended once the growing recording has passed it", "[server]") {
    Archive archive;
    PlayableVideo clip = Archive::video("clip");
    clip.span = catalog::Span{6s, 12s};
    archive.write(1, MediaPlaylist::Age::growing);
    archive.table.put(clip);
    const std::string grant = archive.grant("clip");
    CHECK(archive.status(grant, "v360/index.m3u8", "clip") == 409);
    archive.write(2, MediaPlaylist::Age::growing);
    archive.table.update_recording(RecordingId("rec"));
    CHECK(text_of(archive.get(grant, "v360/index.m3u8", "clip")).ends_with("#EXT-X-ENDLIST\n"));
    archive.write(3, MediaPlaylist::Age::growing);
    archive.table.update_recording(RecordingId("rec"));
    CHECK(archive.status(grant, "v360/2.m4s", "clip") == 404);
}
