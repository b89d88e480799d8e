#include "catalog/media/media_folder.h"
#include "server/play/play.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

using namespace server::play;
using namespace std::chrono_literals;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::media::MediaPlaylist;
using catalog::time::UtcTime;
using server::access::GrantKeys;
using server::http::FileSpan;
using server::http::Head;
using server::http::Method;
using server::http::Reply;

namespace {

UtcTime at(const char* text) { return *catalog::time::parse_rfc3339(text); }

const UtcTime opens = at("2021-06-29T00:00:00+09:00");
const UtcTime closes = at("2021-12-29T00:00:00+09:00");

/// Segments of six seconds whose bytes stand one behind the other: 100 of init, then 1000 each.
MediaPlaylist track(const std::string& name, std::size_t segments, MediaPlaylist::Age age,
                    std::chrono::microseconds longer = 0us) {
    MediaPlaylist playlist;
    playlist.age = age;
    playlist.file = name + ".mp4";
    playlist.init = {0, 100};
    for (std::size_t number = 0; number < segments; ++number) {
        playlist.segments.push_back({6s + (number == 0 ? longer : 0us), {100 + 1000 * number, 1000}});
    }
    return playlist;
}

/// A catalog of one recording that several videos show, on a clock that stands still.
struct Archive {
    test::TemporaryFolder folder;
    test::FakeClock clock{opens + 24h};
    GrantKeys keys = GrantKeys::load(folder.path());
    server::access::LiveSessions sessions;
    PlayTable table{folder / "media"};
    Play play{table, keys, sessions, clock, 8h};

    Archive() {
        std::filesystem::create_directories(folder / "media/rec");
        table.rebuild({video("lec-01")});
    }

    void write(std::size_t segments, MediaPlaylist::Age age) const {
        using namespace catalog::media;
        const MultivariantPlaylist main{
            {{"a64", "ja", "日本語", 2, AudioRendition::Choice::standard}},
            {{"v360", {1000, 900}, "avc1.64001E,mp4a.40.2", {{640, 360, "10.000"}}}}};
        const MultivariantPlaylist audio{{}, {{"a64", {100, 90}, "mp4a.40.2", std::nullopt}}};
        folder.write("media/rec/main.m3u8", to_file_text(main));
        folder.write("media/rec/audio.m3u8", to_file_text(audio));
        for (const std::string name : {"v360", "a64"}) {
            folder.write("media/rec/" + name + ".mp4", std::string(100 + 1000 * segments, 'x'));
            // Sound is cut a frame later than the picture.
            folder.write("media/rec/" + name + ".m3u8",
                         to_file_text(track(name, segments, age, name == "a64" ? 21ms : 0ms)));
        }
    }

    static PlayableVideo video(const std::string& id) {
        PlayableVideo video;
        video.id = VideoId(id);
        video.offering.published = true;
        video.offering.window = {opens, closes};
        video.recording = RecordingId("rec");
        video.captions = {{"ja", "WEBVTT\n\n00:00.000 --> 00:01.000\nこんにちは\n"}};
        return video;
    }

    std::string grant(const std::string& id = "lec-01") const {
        const auto window = table.find(id)->offering.window;
        return keys.sign(play.grant_for(VideoId(id), window, {}));
    }

    std::optional<Reply> ask(const std::string& target, Method method = Method::get) const {
        Head head;
        head.method = method;
        head.target = target;
        return play.answer(head);
    }

    Reply get(const std::string& grant, const std::string& resource,
              const std::string& id = "lec-01") const {
        return *ask("/play/" + grant + "/" + id + "/" + resource);
    }

    int status(const std::string& grant, const std::string& resource,
               const std::string& id = "lec-01") const {
        return static_cast<int>(get(grant, resource, id).status);
    }
};

/// Two I-frames in each of the track's segments.
MediaPlaylist i_frames_of(const MediaPlaylist& whole) {
    MediaPlaylist i_frames = whole;
    i_frames.content = MediaPlaylist::Content::i_frames;
    i_frames.target_duration = 3;
    i_frames.segments.clear();
    for (const auto& segment : whole.segments) {
        i_frames.segments.push_back({3s, {segment.bytes.offset, 50}});
        i_frames.segments.push_back({3s, {segment.bytes.offset + 500, 40}});
    }
    return i_frames;
}

struct ReadyArchive : Archive {
    ReadyArchive() {
        write(5, MediaPlaylist::Age::ended);
        table.update_recording(RecordingId("rec"));
    }
};

/// One whose folder lists I-frames.
struct ArchiveWithIFrames : ReadyArchive {
    ArchiveWithIFrames() {
        using namespace catalog::media;
        auto main = parse_multivariant_file_text(folder.read("media/rec/main.m3u8")).value();
        main.i_frames = IFrameStream{"v360", {500, 400}, "avc1.64001E", 640, 360};
        folder.write("media/rec/main.m3u8", to_file_text(main));
        folder.write("media/rec/v360-iframes.m3u8", to_file_text(whole));
        table.update_recording(RecordingId("rec"));
    }

    const MediaPlaylist whole = i_frames_of(track("v360", 5, MediaPlaylist::Age::ended));
};

std::string text_of(const Reply& reply) {
    return std::get<std::shared_ptr<const server::http::StoredText>>(reply.body)->plain;
}

std::string kind_of(const Reply& reply) {
    return nlohmann::json::parse(std::get<std::string>(reply.body))["error"]["kind"];
}

const std::vector<std::string> resources{"main.m3u8",     "audio.m3u8",   "v360/index.m3u8",
                                         "v360/init.mp4", "v360/0.m4s",   "a64/index.m3u8",
                                         "a64/init.mp4",  "a64/4.m4s",    "captions/ja.vtt",
                                         "v360/i0.m4s",   "v360/iframes.m3u8"};

} // namespace

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
