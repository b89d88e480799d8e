#pragma once

#include "catalog/media/media_folder.h"
#include "server/play/play.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// An archive of one recording for tests of what is played of it.
namespace test::played {

using server::play::Play;
using server::play::PlayableVideo;
using server::play::PlayTable;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""us;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::media::MediaPlaylist;
using catalog::time::UtcTime;
using server::access::GrantKeys;
using server::http::FileSpan;
using server::http::Head;
using server::http::Method;
using server::http::Reply;

inline UtcTime at(const char* text) { return *catalog::time::parse_rfc3339(text); }

inline const UtcTime opens = at("2021-06-29T00:00:00+09:00");
inline const UtcTime closes = at("2021-12-29T00:00:00+09:00");

/// Segments of six seconds whose bytes stand one behind the other: 100 of init, then 1000 each.
inline MediaPlaylist track(const std::string& name, std::size_t segments, MediaPlaylist::Age age,
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
inline MediaPlaylist i_frames_of(const MediaPlaylist& whole) {
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

inline std::string text_of(const Reply& reply) {
    return std::get<std::shared_ptr<const server::http::StoredText>>(reply.body)->plain;
}

inline std::string kind_of(const Reply& reply) {
    return nlohmann::json::parse(std::get<std::string>(reply.body))["error"]["kind"];
}

inline const std::vector<std::string> resources{"main.m3u8",     "audio.m3u8",   "v360/index.m3u8",
                                         "v360/init.mp4", "v360/0.m4s",   "a64/index.m3u8",
                                         "a64/init.mp4",  "a64/4.m4s",    "captions/ja.vtt",
                                         "v360/i0.m4s",   "v360/iframes.m3u8"};

} // namespace test::played
