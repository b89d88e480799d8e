#include "catalog/media/served_playlist.h"
#include "tests/server/support/client.h"
#include "tests/server/support/played_archive.h"
#include "tests/server/support/running_server.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <thread>

using namespace catalog::media;
using namespace std::chrono_literals;
using namespace test::played;

namespace {

/// A rendition that grows by parts of a second, four a segment, of 100 bytes each: as the packager
/// appends it to its index.
class GrowingTrack {
  public:
    GrowingTrack(const test::TemporaryFolder& folder, const std::string& name)
        : index_(folder / ("media/rec/" + name + ".m3u8")) {
        folder.write("media/rec/" + name + ".mp4", std::string(100'000, 'x'));
        playlist_.target_duration = 4;
        playlist_.part_target = 1s;
        playlist_.file = name + ".mp4";
        playlist_.init = {0, 100};
        std::ofstream(index_, std::ios::binary) << to_file_text(playlist_);
    }

    void add_part() {
        const bool is_first = parts_ % 4 == 0;
        const Part part{1s, {100 + 100 * parts_, 100},
                        is_first ? Part::Start::independent : Part::Start::dependent};
        std::string lines;
        if (is_first) {
            segment_ = {};
            segment_.bytes.offset = part.bytes.offset;
            segment_.head.begins_at = opens + std::chrono::seconds(parts_);
            lines += to_file_lines(playlist_.file, segment_.head);
        }
        lines += to_file_lines(playlist_.file, part);
        segment_.parts.push_back(part);
        segment_.duration += part.duration;
        segment_.bytes.size += part.bytes.size;
        if (++parts_ % 4 == 0) {
            lines += to_file_lines(playlist_.file, segment_);
            playlist_.segments.push_back(segment_);
        }
        std::ofstream(index_, std::ios::binary | std::ios::app) << lines;
    }

    /// After a whole segment.
    void end() {
        playlist_.age = MediaPlaylist::Age::ended;
        std::ofstream(index_, std::ios::binary) << to_file_text(playlist_);
    }

  private:
    std::filesystem::path index_;
    MediaPlaylist playlist_;
    Segment segment_;
    std::uint64_t parts_ = 0;
};

struct LiveArchive : Archive {
    GrowingTrack picture{folder, "v360"};
    GrowingTrack sound{folder, "a64"};

    explicit LiveArchive(int parts) {
        const MultivariantPlaylist main{
            {{"a64", "ja", "日本語", 2, AudioRendition::Choice::standard}},
            {{"v360", {1000, 900}, "avc1.64001E,mp4a.40.2", {{640, 360, "10.000"}}}}};
        folder.write("media/rec/main.m3u8", to_file_text(main));
        for (int part = 0; part < parts; ++part) {
            picture.add_part();
            sound.add_part();
        }
        table.update_recording(RecordingId("rec"));
    }

    void add_beat() {
        picture.add_part();
        sound.add_part();
        table.grew(RecordingId("rec"));
    }

    void end() {
        picture.end();
        sound.end();
        table.update_recording(RecordingId("rec"));
    }

    std::string target(const std::string& resource) const {
        return "/play/" + grant() + "/lec-01/" + resource;
    }

    bool waits(const std::string& resource) const {
        const std::string whole = target(resource);
        Head head;
        head.method = Method::get;
        head.target = whole;
        return play.wait(head).has_value();
    }

    std::string hint() const {
        const std::string text = text_of(get(grant(), "v360/index.m3u8"));
        const auto at = text.find("TYPE=PART,URI=\"");
        return at == std::string::npos ? "" : text.substr(at + 15, text.find('"', at + 15) - at - 15);
    }
};

/// The archive behind a socket, which wakes those who wait.
struct LiveServer : LiveArchive {
    server::http::Site site;
    std::optional<test::RunningServer> server;

    explicit LiveServer(int parts) : LiveArchive(parts) {
        site.at_once = [this](const Head& head) { return play.answer(head); };
        site.wait = [this](const Head& head) { return play.wait(head); };
        server::net::Limits limits;
        limits.sweep = 50ms;
        server.emplace(site, limits);
    }

    void beat() {
        add_beat();
        server->server().wake();
    }

    std::string request(const std::string& resource, const std::string& fields = "") const {
        return "GET " + target(resource) + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }
};

} // namespace

TEST_CASE("the live edge shows the beats that every rendition has", "[server]") {
    LiveArchive archive(5);
    CHECK(archive.hint() == "1.1.m4s");
    archive.picture.add_part();
    archive.table.grew(RecordingId("rec"));
    CHECK(archive.hint() == "1.1.m4s");
    CHECK(archive.status(archive.grant(), "v360/1.1.m4s") == 404);
    archive.sound.add_part();
    archive.table.grew(RecordingId("rec"));
    CHECK(archive.hint() == "1.2.m4s");
    CHECK(archive.status(archive.grant(), "v360/1.1.m4s") == 200);
}

TEST_CASE("an edge that is read on is the edge that is read anew", "[server]") {
    LiveArchive archive(4);
    for (int beats = 5; beats <= 44; ++beats) {
        archive.add_beat();
        const LiveArchive anew(beats);
        for (const std::string query : {"", "?_HLS_skip=YES"}) {
            CHECK(text_of(archive.get(archive.grant(), "v360/index.m3u8" + query)) ==
                  text_of(anew.get(anew.grant(), "v360/index.m3u8" + query)));
        }
    }
}

TEST_CASE("parts and segments of a live recording are its bytes", "[server]") {
    const LiveArchive archive(6);
    const std::string grant = archive.grant();
    const auto span = [&](const std::string& resource) {
        const Reply reply = archive.get(grant, resource);
        CHECK(reply.type == "video/mp4");
        const auto& file = std::get<FileSpan>(reply.body);
        return std::pair(file.offset, file.size);
    };
    CHECK(span("v360/0.m4s") == std::pair<std::uint64_t, std::uint64_t>(100, 400));
    CHECK(span("v360/0.3.m4s") == std::pair<std::uint64_t, std::uint64_t>(400, 100));
    CHECK(span("v360/1.1.m4s") == std::pair<std::uint64_t, std::uint64_t>(600, 100));
    for (const std::string wrong : {"1.m4s", "0.4.m4s", "1.2.m4s", "2.0.m4s", "0.03.m4s", "0..m4s",
                                    ".0.m4s", "0.0.0.m4s", "init-0.mp4", "init-.mp4", "init-9.mp4"}) {
        INFO(wrong);
        CHECK(archive.status(grant, "v360/" + wrong) == 404);
    }
}

TEST_CASE("what is still to come is waited for, and what never comes is not", "[server]") {
    const LiveArchive archive(6); // 1.1 is the last part
    for (const std::string comes : {"index.m3u8?_HLS_msn=1", "index.m3u8?_HLS_msn=1&_HLS_part=2",
                                    "index.m3u8?_HLS_part=2&_HLS_msn=1&_HLS_skip=YES",
                                    "index.m3u8?_HLS_msn=2&_HLS_part=0", "index.m3u8?_HLS_msn=2",
                                    "index.m3u8?x=y&_HLS_msn=1", "index.m3u8?_HLS_msn=2&_HLS_part=3", "1.2.m4s"}) {
        INFO(comes);
        CHECK(archive.waits("v360/" + comes));
    }
    for (const std::string there :
         {"index.m3u8", "index.m3u8?", "index.m3u8?_HLS_msn=0", "index.m3u8?_HLS_msn=1&_HLS_part=1",
          "index.m3u8?_HLS_msn=0&_HLS_part=4", "index.m3u8?_HLS_skip=YES", "1.1.m4s", "1.3.m4s",
          "2.0.m4s", "1.m4s", "init.mp4"}) {
        INFO(there);
        CHECK_FALSE(archive.waits("v360/" + there));
    }
    CHECK_FALSE(archive.waits("main.m3u8?_HLS_msn=1"));
    CHECK_FALSE(archive.waits("v999/index.m3u8?_HLS_msn=1"));
}

TEST_CASE("directives that cannot be meant are refused at once", "[server]") {
    const LiveArchive archive(6);
    for (const std::string wrong :
         {"_HLS_part=1", "_HLS_msn=x", "_HLS_msn=", "_HLS_msn=-1", "_HLS_msn=1.5", "_HLS_msn=3",
          "_HLS_msn=1&_HLS_part=x", "_HLS_msn=1&_HLS_part=6", "_HLS_msn=2&_HLS_part=4",
          "_HLS_msn=99999999999999999999", "_HLS_msn=18446744073709551615"}) {
        INFO(wrong);
        CHECK(archive.status(archive.grant(), "v360/index.m3u8?" + wrong) == 400);
        CHECK_FALSE(archive.waits("v360/index.m3u8?" + wrong));
    }
}

TEST_CASE("nobody waits for what they may not have", "[server]") {
    LiveArchive archive(6);
    const std::string blocked = archive.target("v360/index.m3u8?_HLS_msn=1");
    const auto waits = [&] {
        Head head;
        head.method = Method::get;
        head.target = blocked;
        return archive.play.wait(head).has_value();
    };
    CHECK(waits());
    archive.clock.set(closes);
    CHECK_FALSE(waits());
    CHECK(archive.ask(blocked)->status == server::http::Status::gone);
}

TEST_CASE("the moment a stream has ended it is an archive without parts", "[server]") {
    LiveArchive archive(8);
    archive.end();
    const std::string grant = archive.grant();
    const std::string text = text_of(archive.get(grant, "v360/index.m3u8"));
    CHECK(text.ends_with("#EXT-X-ENDLIST\n"));
    CHECK(text.find("#EXT-X-PART") == std::string::npos);
    CHECK(text.find("#EXT-X-PLAYLIST-TYPE:VOD\n") != std::string::npos);
    // A player that asks as it did until now is told so at once, and its last parts are still there.
    CHECK_FALSE(archive.waits("v360/index.m3u8?_HLS_msn=2&_HLS_part=0"));
    CHECK(text_of(archive.get(grant, "v360/index.m3u8?_HLS_msn=2&_HLS_part=0&_HLS_skip=YES")) == text);
    CHECK(archive.status(grant, "v360/1.3.m4s") == 200);
    CHECK(archive.status(grant, "v360/2.0.m4s") == 404);
}

TEST_CASE("a request that waits is answered by the beat that it waits for", "[server]") {
    LiveServer live(6);
    test::Client plain(live.server->port());
    test::Client delta(live.server->port());
    test::Client part(live.server->port());
    test::Client segment(live.server->port());
    plain.send(live.request("v360/index.m3u8?_HLS_msn=1&_HLS_part=2"));
    delta.send(live.request("v360/index.m3u8?_HLS_msn=1&_HLS_part=2&_HLS_skip=YES",
                            "Accept-Encoding: gzip\r\n"));
    part.send(live.request("v360/1.2.m4s"));
    segment.send(live.request("v360/index.m3u8?_HLS_msn=1"));
    CHECK(plain.hears_nothing_for(150ms));
    live.beat();
    const auto answer = plain.receive();
    CHECK(answer.status == 200);
    CHECK(answer.body.find("URI=\"1.2.m4s\"") != std::string::npos);
    CHECK(answer.body.find("PRELOAD-HINT:TYPE=PART,URI=\"1.3.m4s\"") != std::string::npos);
    CHECK(delta.receive().field("content-encoding") == "gzip");
    CHECK(part.receive().body == std::string(100, 'x'));
    CHECK(segment.hears_nothing_for(150ms));
    live.beat();
    CHECK(segment.receive().body.find("1.m4s\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"2.0.m4s\"") !=
          std::string::npos);
    // The connection goes on as any other.
    CHECK(plain.ask(live.request("v360/init.mp4")).body.size() == 100);
}

TEST_CASE("what was asked behind a request that waits is answered after it", "[server]") {
    LiveServer live(6);
    test::Client client(live.server->port());
    client.send(live.request("v360/index.m3u8?_HLS_msn=1&_HLS_part=2"));
    std::this_thread::sleep_for(50ms);
    client.send(live.request("v360/1.0.m4s"));
    CHECK(client.hears_nothing_for(150ms));
    live.beat();
    CHECK(client.receive().body.starts_with("#EXTM3U"));
    CHECK(client.receive().body == std::string(100, 'x'));
}

TEST_CASE("who waits in vain is told to come again, before a player gives up", "[server]") {
    const LiveServer live(6);
    test::Client client(live.server->port());
    client.send(live.request("v360/index.m3u8?_HLS_msn=1&_HLS_part=2"));
    const auto answer = client.receive();
    CHECK(answer.status == 503);
    CHECK(answer.field("retry-after") == "1");
}

TEST_CASE("the end of a stream, of its window and of the server answers who waits", "[server]") {
    LiveServer live(8);
    const std::string blocked = live.request("v360/index.m3u8?_HLS_msn=2&_HLS_part=0");
    SECTION("of the stream") {
        test::Client client(live.server->port());
        client.send(blocked);
        CHECK(client.hears_nothing_for(150ms));
        live.end();
        live.server->server().wake();
        CHECK(client.receive().body.ends_with("#EXT-X-ENDLIST\n"));
    }
    SECTION("of its window") {
        test::Client client(live.server->port());
        client.send(blocked);
        CHECK(client.hears_nothing_for(150ms));
        live.clock.set(closes);
        CHECK(client.receive().status == 410); // without a beat: the sweep looks
    }
    SECTION("of the server") {
        test::Client client(live.server->port());
        client.send(blocked);
        CHECK(client.hears_nothing_for(150ms));
        live.server->server().stop();
        CHECK(client.receive().status == 503);
    }
}

TEST_CASE("a client that goes while it waits leaves nothing behind", "[server]") {
    LiveServer live(6);
    for (int times = 0; times < 50; ++times) {
        test::Client(live.server->port()).send(live.request("v360/index.m3u8?_HLS_msn=1"));
    }
    std::this_thread::sleep_for(100ms);
    live.beat();
    live.beat();
    test::Client client(live.server->port());
    CHECK(client.ask(live.request("v360/index.m3u8")).status == 200);
}
