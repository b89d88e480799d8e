#include "catalog/media/media_folder.h"
#include "server/play/play.h"
#include "server/play/stills.h"
#include "tests/server/support/client.h"
#include "tests/server/support/running_server.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include <sys/stat.h>

using namespace server::play;
using namespace std::chrono_literals;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::media::MediaPlaylist;
using catalog::time::UtcTime;
using server::http::FileSpan;
using server::http::Head;
using server::http::Reply;

namespace {

namespace fs = std::filesystem;

UtcTime at(const char* text) { return *catalog::time::parse_rfc3339(text); }

const UtcTime opens = at("2021-06-29T00:00:00+09:00");
const UtcTime closes = at("2021-12-29T00:00:00+09:00");

/// 100 bytes of init, then segments of 1000 bytes each.
MediaPlaylist track(const std::string& name, const std::vector<std::chrono::seconds>& lengths) {
    MediaPlaylist playlist;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.target_duration = 24;
    playlist.file = name + ".mp4";
    playlist.init = {0, 100};
    for (const auto length : lengths) {
        playlist.segments.push_back({length, {100 + 1000 * playlist.segments.size(), 1000}});
    }
    return playlist;
}

/// A presentation of one picture and one sound below `folder`.
void write_presentation(const test::TemporaryFolder& root, const std::string& folder,
                        const std::string& picture, const std::string& sound,
                        const std::vector<std::chrono::seconds>& lengths) {
    using namespace catalog::media;
    const MultivariantPlaylist main{
        {{sound, "ja", "日本語", 1, AudioRendition::Choice::standard}},
        {{picture, {1000, 900}, "avc1.64001E,mp4a.40.2", {{640, 360, "10.000"}}}}};
    fs::create_directories(root / folder);
    root.write(folder + "/main.m3u8", to_file_text(main));
    for (const std::string& name : {picture, sound}) {
        root.write(folder + "/" + name + ".mp4", std::string(100 + 1000 * lengths.size(), 'x'));
        root.write(folder + "/" + name + ".m3u8", to_file_text(track(name, lengths)));
    }
}

/// Three slides on the screen of half a minute, in the transcoder's words.
const std::string slides_json = R"([
 {
  "at_s": 0.0,
  "until_s": 10.0,
  "file": "slide-0001.webp"
 },
 {
  "at_s": 10.0,
  "until_s": 18.4,
  "file": "slide-0002.webp"
 },
 {
  "at_s": 18.4,
  "until_s": 30.0,
  "file": "slide-0003.webp"
 }
]
)";

/// Two small pictures a file, each for five seconds.
const std::string thumbnails_vtt = "WEBVTT\n\n"
                                   "00:00:00.000 --> 00:00:05.000\n"
                                   "thumbnails-0.jpg#xywh=0,0,160,90\n\n"
                                   "00:00:05.000 --> 00:00:10.000\n"
                                   "thumbnails-0.jpg#xywh=160,0,160,90\n\n"
                                   "00:00:10.000 --> 00:00:15.000\n"
                                   "thumbnails-1.jpg#xywh=0,0,160,90\n\n"
                                   "00:00:15.000 --> 00:00:20.000\n"
                                   "thumbnails-1.jpg#xywh=160,0,160,90\n\n"
                                   "00:00:20.000 --> 00:00:30.000\n"
                                   "thumbnails-2.jpg#xywh=0,0,160,90\n";

/// A finished recording of half a minute on a clock that stands still.
struct Archive {
    test::TemporaryFolder folder;
    test::FakeClock clock{opens + 24h};
    server::access::GrantKeys keys = server::access::GrantKeys::load(folder.path());
    server::access::LiveSessions sessions;
    PlayTable table{folder / "media"};
    Play play{table, keys, sessions, clock, 8h};

    Archive() {
        write_presentation(folder, "media/rec", "v360", "a64", {6s, 6s, 6s, 6s, 6s});
        table.rebuild({video("lec-01")});
    }

    void write_stills() const {
        const std::string stills = "media/rec/stills";
        write_presentation(folder, stills, "v360slides", "a48", {10s, 8s, 12s});
        folder.write(stills + "/poster.jpg", "the poster");
        folder.write(stills + "/slides.json", slides_json);
        folder.write(stills + "/thumbnails.vtt", thumbnails_vtt);
        for (const std::string number : {"0", "1", "2"}) {
            folder.write(stills + "/thumbnails-" + number + ".jpg", "small " + number);
        }
        for (const std::string number : {"1", "2", "3"}) {
            folder.write(stills + "/slide-000" + number + ".webp", "slide " + number);
        }
    }

    static PlayableVideo video(const std::string& id) {
        PlayableVideo video;
        video.id = VideoId(id);
        video.offering.published = true;
        video.offering.window = {opens, closes};
        video.recording = RecordingId("rec");
        return video;
    }

    std::string grant(const std::string& id = "lec-01") const {
        return keys.sign(play.grant_for(VideoId(id), {opens, closes}, {}));
    }

    Reply get(const std::string& grant, const std::string& name,
              const std::string& id = "lec-01") const {
        const std::string target = "/play/" + grant + "/" + id + "/stills/" + name;
        Head head;
        head.target = target;
        return *play.answer(head);
    }

    int status(const std::string& grant, const std::string& name,
               const std::string& id = "lec-01") const {
        return static_cast<int>(get(grant, name, id).status);
    }
};

struct FinishedArchive : Archive {
    FinishedArchive() {
        write_stills();
        table.update_recording(RecordingId("rec"));
    }

    /// A video of a part of the recording.
    void put_clip(std::chrono::milliseconds begin, std::chrono::milliseconds end) {
        PlayableVideo clip = video("clip");
        clip.span = catalog::Span{begin, end};
        table.put(clip);
    }
};

std::string text_of(const Reply& reply) {
    return std::get<std::shared_ptr<const server::http::StoredText>>(reply.body)->plain;
}

const std::vector<std::string> names{
    "poster.jpg",      "thumbnails.vtt", "thumbnails-0.jpg",       "thumbnails-2.jpg",
    "slides.json",     "main.m3u8",      "v360slides/index.m3u8",  "v360slides/init.mp4",
    "slide-0003.webp", "a48/index.m3u8", "v360slides/2.m4s",       "a48/init.mp4"};

} // namespace

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
    // What is served of it begins with the segment from 6 s on, and ends with the one until 24 s.
    CHECK(text_of(archive.get(grant, "thumbnails.vtt", "clip")) ==
          "WEBVTT\n\n"
          "00:00:04.000 --> 00:00:09.000\n"
          "thumbnails-1.jpg#xywh=0,0,160,90\n\n"
          "00:00:09.000 --> 00:00:14.000\n"
          "thumbnails-1.jpg#xywh=160,0,160,90\n");
    CHECK(nlohmann::json::parse(text_of(archive.get(grant, "slides.json", "clip"))) ==
          nlohmann::json::parse(R"([{"at_s":4.0,"until_s":12.4,"file":"slide-0002.webp"},
                                    {"at_s":12.4,"until_s":18.0,"file":"slide-0003.webp"}])"));
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
    CHECK(media->begins == 6s);
    CHECK(media->stills->show->begins == 10s);
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
