#include "server/jobs/found_captions.h"

#include "catalog/store/catalog.h"
#include "tests/server/support/played_archive.h"

#include <catch2/catch.hpp>

using namespace server::jobs;
using namespace std::chrono_literals;
using catalog::Cue;
using catalog::RecordingId;
using catalog::VideoId;
using catalog::store::Catalog;
using Tracks = std::vector<FoundCaptions::Track>;

namespace {

/// Ten segments of 6 s, with what the transcoder puts beside them.
struct Finished : test::played::Archive {
    Finished() {
        write(10, catalog::media::MediaPlaylist::Age::ended);
        std::filesystem::create_directories(folder / "media/rec/captions");
    }
    void put(const std::string& name, const std::vector<Cue>& cues) const {
        folder.write("media/rec/captions/" + name, to_webvtt(cues));
    }
    FoundCaptions read() const { return read_found_captions(folder / "media/rec"); }
};

/// A catalog that knows the recording and the videos that show it.
struct Known {
    test::TemporaryFolder folder;
    Catalog catalog{folder / "catalog.sqlite", Catalog::Access::write};

    Known() {
        catalog::Recording recording;
        recording.id = RecordingId("rec");
        recording.source = "source.mp4";
        catalog.recordings.add(recording);
        add("whole", std::nullopt);
        add("part", catalog::Span{14s, 20s});
    }
    void add(const std::string& id, const std::optional<catalog::Span>& span) {
        catalog::Video video;
        video.id = VideoId(id);
        video.title = id;
        video.recording = RecordingId("rec");
        video.span = span;
        catalog.videos.put(video);
    }
    std::vector<Cue> cues(const std::string& video, const std::string& language) {
        const auto track = catalog.captions.find(VideoId(video), language);
        return track ? track->cues : std::vector<Cue>{};
    }
};

const std::vector<Cue> hello{{1s, 2s, "Hello & <goodbye>"}};
const std::vector<Cue> konnichiwa{{1s, 2s, "こんにちは"}};

} // namespace

TEST_CASE("captions found inside are read by language, the first of each", "[server]") {
    const Finished archive;
    archive.put("en.vtt", hello);
    archive.put("ja-2.vtt", hello);
    archive.put("ja.vtt", konnichiwa);
    archive.put("zh-Hant.vtt", hello);
    archive.put("es-419.vtt", hello);
    CHECK(archive.read().tracks == Tracks{{"en", hello}, {"es-419", hello}, {"ja", konnichiwa}, {"zh-Hant", hello}});
}

TEST_CASE("captions that do not say their language are Japanese where they hold kana", "[server]") {
    const Finished archive;
    archive.put("und.vtt", konnichiwa);
    CHECK(archive.read().tracks == Tracks{{"ja", konnichiwa}});
    archive.put("ja.vtt", hello);
    CHECK(archive.read().tracks == Tracks{{"ja", hello}, {"und", konnichiwa}});
    archive.folder.remove("media/rec/captions/ja.vtt");
    archive.put("und.vtt", hello);
    CHECK(archive.read().tracks == Tracks{{"und", hello}});
}

TEST_CASE("a file that is none is left out, and the others stay", "[server]") {
    const Finished archive;
    archive.put("en.vtt", hello);
    archive.folder.write("media/rec/captions/fr.vtt", "no captions");
    archive.folder.write("media/rec/captions/de.srt", to_webvtt(hello));
    archive.folder.write("media/rec/captions/Deutsch.vtt", to_webvtt(hello));
    std::filesystem::create_symlink("en.vtt", archive.folder / "media/rec/captions/it.vtt");
    std::filesystem::create_directory(archive.folder / "media/rec/captions/es.vtt");
    CHECK(archive.read().tracks == Tracks{{"en", hello}});
}

TEST_CASE("a folder without captions, and one without renditions, has none", "[server]") {
    const Finished archive;
    CHECK(archive.read().tracks.empty());
    archive.put("en.vtt", hello);
    archive.folder.remove("media/rec/main.m3u8");
    CHECK(archive.read().tracks.empty());
    CHECK(read_found_captions(archive.folder / "nowhere").tracks.empty());
}

TEST_CASE("found captions go to all videos of a recording, each in its own time", "[server]") {
    const Finished archive;
    archive.put("ja.vtt", {{1s, 2s, "一"}, {11s, 13s, "二"}, {15s, 16s, "三"}, {23s, 25s, "四"}, {24s, 26s, "五"}});
    Known known;
    put_found_captions(known.catalog, RecordingId("rec"), archive.read());
    CHECK(known.cues("whole", "ja").size() == 5);
    CHECK(known.cues("part", "ja") == std::vector<Cue>{{1s, 2s, "三"}});
    // What it does not show is kept for when it does, and what was found stays so.
    REQUIRE(known.catalog.captions.summaries_of(VideoId("part")).front().is_found);
    known.catalog.clips.set(VideoId("part"), {catalog::Span{12s, 24s}, {}});
    CHECK(known.cues("part", "ja") == std::vector<Cue>{{0s, 1s, "二"}, {3s, 4s, "三"}, {11s, 12s, "四"}});
    CHECK(known.catalog.captions.summaries_of(VideoId("part")).front().is_found);
}

TEST_CASE("what the secretariat put in stays, what another recording brought goes", "[server]") {
    const Finished archive;
    archive.put("ja.vtt", konnichiwa);
    archive.put("en.vtt", hello);
    Known known;
    const std::vector<Cue> by_hand{{3s, 4s, "手で入れた字幕"}};
    known.catalog.captions.put({VideoId("whole"), "ja", "日本語", by_hand});
    known.catalog.captions.put_found({VideoId("whole"), "fr", "fr", hello});
    put_found_captions(known.catalog, RecordingId("rec"), archive.read());
    CHECK(known.cues("whole", "ja") == by_hand);
    CHECK(known.cues("whole", "en") == hello);
    CHECK(known.cues("whole", "fr").empty());
    put_found_captions(known.catalog, RecordingId("rec"), {});
    CHECK(known.cues("whole", "ja") == by_hand);
    CHECK(known.cues("whole", "en").empty());
}
