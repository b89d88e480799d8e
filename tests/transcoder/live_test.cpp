#include "catalog/media/media_folder.h"
#include "catalog/media/media_playlist.h"
#include "tests/transcoder/program.h"
#include "transcoder/folder/text_file.h"

#include <catch2/catch.hpp>

#include <chrono>

namespace {

using namespace std::chrono_literals;
using catalog::media::MediaPlaylist;
using catalog::media::Part;
using Words = std::vector<std::string>;

MediaPlaylist index_of(const std::filesystem::path& folder, const std::string& name) {
    const auto text = transcoder::folder::read_text(folder / (name + ".m3u8"));
    REQUIRE(text);
    return catalog::media::parse_file_text(*text).value();
}

/// A picture that moves, and a tone.
Words sources(double seconds, const std::string& size = "320x180") {
    const auto length = std::to_string(seconds);
    return {"-f", "lavfi", "-i", "testsrc2=s=" + size + ":r=25:d=" + length,
            "-f", "lavfi", "-i", "sine=f=440:r=44100:d=" + length};
}

Words encoded(Words words, int gop, int b_frames) {
    for (const auto& word : Words{"-c:v", "libx264", "-preset", "ultrafast", "-g",
                                  std::to_string(gop), "-keyint_min", std::to_string(gop), "-bf",
                                  std::to_string(b_frames), "-pix_fmt", "yuv420p", "-c:a", "aac"})
        words.push_back(word);
    return words;
}

/// Every segment and part is as long as live playlists allow, and all renditions are cut alike.
void check_cuts(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    const auto first = index_of(folder, names.front());
    const auto is_near = [](auto one, auto other) {
        return std::chrono::abs(std::chrono::microseconds(one - other)) <= 22ms;
    };
    for (const auto& name : names) {
        const auto index = index_of(folder, name);
        CAPTURE(name);
        CHECK(index.target_duration == 4);
        REQUIRE(index.segments.size() == first.segments.size());
        for (std::size_t i = 0; i < index.segments.size(); ++i) {
            const auto& segment = index.segments[i];
            CHECK(segment.duration < 4500ms);
            CHECK(segment.head.continuity == first.segments[i].head.continuity);
            CHECK(is_near(*segment.head.begins_at, *first.segments[i].head.begins_at));
            REQUIRE(segment.parts.size() == first.segments[i].parts.size());
            CHECK(segment.parts.front().start == Part::Start::independent);
            for (std::size_t part = 0; part < segment.parts.size(); ++part) {
                CAPTURE(i, part);
                CHECK(segment.parts[part].duration <= *index.part_target);
                if (part + 1 < segment.parts.size())
                    CHECK(segment.parts[part].duration >= *index.part_target * 85 / 100);
                CHECK(is_near(segment.parts[part].duration, first.segments[i].parts[part].duration));
            }
        }
    }
}

} // namespace

TEST_CASE("what is published becomes a recording while it comes, and an archive when it ends",
          "[transcoder][live]") {
    const auto container = GENERATE(as<std::string>{}, "flv", "mpegts");
    const int b_frames = GENERATE(0, 2);
    CAPTURE(container, b_frames);
    const test::TemporaryFolder folder;
    const auto source = folder / "source";
    auto words = encoded(sources(10), 50, b_frames);
    words.insert(words.end(), {"-f", container});
    test::make_recording(source, words);
    const auto out = folder / "live";

    const auto run = test::publish({out, container, source});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    const std::vector<std::string> names{"v180s", "v180", "a64"};
    CHECK(run.last("live")["renditions"] == names);
    CHECK(run.last("interrupted")["media_s"].get<double>() == Approx(10).margin(0.1));
    CHECK(run.last("part")["completes"] == true);
    check_cuts(out, names);
    const auto top = index_of(out, "v180");
    CHECK(top.age == MediaPlaylist::Age::growing);
    CHECK(top.segments.front().duration == 4s);
    CHECK(top.segments.front().parts.size() == 4);
    CHECK(top.segments.front().head.begins_at ==
          catalog::time::parse_rfc3339("2021-10-27T04:10:00Z"));
    CHECK(top.segments[1].head.begins_at == catalog::time::parse_rfc3339("2021-10-27T04:10:04Z"));

    const auto ended = test::end_live(out);
    CAPTURE(ended.said);
    REQUIRE(ended.status == 0);
    CHECK(ended.last("ended")["media_s"] == run.last("interrupted")["media_s"]);
    CHECK(ended.last("finished")["renditions"] == names);
    CHECK(test::faults(out) == std::vector<std::string>{});
    CHECK(catalog::media::check_media_folder(out) == std::vector<std::string>{});
    CHECK(std::filesystem::exists(out / "stills" / "poster.jpg"));
    CHECK(test::end_live(out).last("finished")["duration_s"] == ended.last("ended")["media_s"]);
}

TEST_CASE("a live picture is handed on as it is where its key frames are close together",
          "[transcoder][live]") {
    const test::TemporaryFolder folder;
    const auto source = folder / "source.flv";
    test::make_recording(source, encoded(sources(6), 50, 2));
    REQUIRE(test::publish({folder / "live", "flv", source}).status == 0);
    const auto hash = [](const std::filesystem::path& file, const std::filesystem::path& out) {
        test::make_recording(out, {"-i", file.string(), "-map", "0:v", "-c", "copy", "-bsf:v",
                                   "h264_mp4toannexb", "-f", "h264"});
        return transcoder::folder::read_text(out).value();
    };
    CHECK((hash(source, folder / "published.h264") ==
           hash(folder / "live" / "v180.mp4", folder / "recorded.h264")));
}

TEST_CASE("a live picture whose key frames are far apart is encoded", "[transcoder][live]") {
    const test::TemporaryFolder folder;
    const auto source = folder / "source.flv";
    test::make_recording(source, encoded(sources(9), 200, 2));
    const auto out = folder / "live";
    REQUIRE(test::publish({out, "flv", source}).status == 0);
    check_cuts(out, {"v180s", "v180", "a64"});
    CHECK(index_of(out, "v180").duration() >= 8900ms);
    REQUIRE(test::end_live(out).status == 0);
    CHECK(test::faults(out) == std::vector<std::string>{});
}

TEST_CASE("sound that is missing or late is silence, and as long as the picture",
          "[transcoder][live]") {
    const auto name = GENERATE(as<std::string>{}, "none", "late", "ends early");
    CAPTURE(name);
    const test::TemporaryFolder folder;
    const auto source = folder / "source.flv";
    auto words = encoded(sources(8), 50, 0);
    if (name == "none")
        words.push_back("-an");
    else if (name == "late")
        words.insert(words.end(), {"-af", "atrim=5,asetpts=PTS"});
    else
        words.insert(words.end(), {"-af", "atrim=0:4"});
    test::make_recording(source, words);
    const auto out = folder / "live";
    const auto run = test::publish({out, "flv", source});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    check_cuts(out, {"v180s", "v180", "a64"});
    CHECK(std::chrono::abs(index_of(out, "a64").duration() - index_of(out, "v180").duration()) <
          22ms);
    REQUIRE(test::end_live(out).status == 0);
    CHECK(test::faults(out) == std::vector<std::string>{});
    const auto loudness = test::loudness(out / "a64.mp4").integrated_lufs;
    CHECK((loudness < -60) == (name == "none"));
}

TEST_CASE("sound alone, and what is neither H.264 nor AAC, are refused in a sentence",
          "[transcoder][live]") {
    const test::TemporaryFolder folder;
    const auto source = folder / "source.ts";
    auto words = sources(12);
    const bool is_alone = GENERATE(true, false);
    if (is_alone)
        words.insert(words.end(), {"-vn", "-c:a", "aac"});
    else
        words.insert(words.end(), {"-c:v", "mpeg2video", "-c:a", "aac"});
    test::make_recording(source, words);
    const auto run = test::publish({folder / "live", "mpegts", source});
    CHECK(run.status == 1);
    CHECK(run.last("failed")["kind"] == "unsupported");
    CHECK(run.last("failed")["message"].get<std::string>().find("配信") != std::string::npos);
}
