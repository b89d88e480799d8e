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

/// An archive of one recording with stills for tests of what is served of them.
namespace test::stilled {

using server::play::Play;
using server::play::PlayableVideo;
using server::play::PlayTable;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""s;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::media::MediaPlaylist;
using catalog::time::UtcTime;
using server::http::FileSpan;
using server::http::Head;
using server::http::Reply;

namespace fs = std::filesystem;

inline UtcTime at(const char* text) { return *catalog::time::parse_rfc3339(text); }

inline const UtcTime opens = at("2021-06-29T00:00:00+09:00");
inline const UtcTime closes = at("2021-12-29T00:00:00+09:00");

/// 100 bytes of init, then segments of 1000 bytes each.
inline MediaPlaylist track(const std::string& name, const std::vector<std::chrono::seconds>& lengths) {
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
inline void write_presentation(const test::TemporaryFolder& root, const std::string& folder,
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
inline const std::string slides_json = R"([
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
inline const std::string thumbnails_vtt = "WEBVTT\n\n"
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

inline std::string text_of(const Reply& reply) {
    return std::get<std::shared_ptr<const server::http::StoredText>>(reply.body)->plain;
}

inline const std::vector<std::string> names{
    "poster.jpg",      "thumbnails.vtt", "thumbnails-0.jpg",       "thumbnails-2.jpg",
    "slides.json",     "main.m3u8",      "v360slides/index.m3u8",  "v360slides/init.mp4",
    "slide-0003.webp", "a48/index.m3u8", "v360slides/2.m4s",       "a48/init.mp4"};

} // namespace test::stilled
