#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"

#include <catch2/catch.hpp>

#include <fstream>

namespace {

using Words = std::vector<std::string>;

const std::string picture = "testsrc2=s=160x90:r=25:d=";
const std::string tone = "sine=f=440:r=48000:d=";

/// A recording of `seconds` with keys each `keys` frames, as H.264 and AAC; `more` may overrule.
Words recording(int seconds, int keys, const Words& more = {}) {
    const auto length = std::to_string(seconds);
    Words words{"-f",       "lavfi",   "-i",        picture + length, "-f",      "lavfi",
                "-i",       tone + length, "-c:v",  "libx264",        "-preset", "veryfast",
                "-g",       std::to_string(keys),   "-sc_threshold",  "0",       "-pix_fmt",
                "yuv420p",  "-c:a",    "aac",       "-b:a",           "64k",      "-ac",  "2"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

nlohmann::json passthrough_of_picture(const test::Run& run) {
    return run.last("probed")["passthrough"]["video"];
}

/// What each decoded picture holds, in order, without its time.
std::vector<std::string> pictures_of(const std::filesystem::path& file) {
    const test::TemporaryFolder folder;
    REQUIRE(test::command({"ffmpeg", "-v", "error", "-nostdin", "-i", file.string(), "-map", "0:v:0",
                           "-fps_mode", "passthrough", "-f", "framemd5",
                           (folder / "sums").string()}) == 0);
    std::ifstream stream(folder / "sums");
    std::vector<std::string> sums;
    for (std::string line; std::getline(stream, line);)
        if (!line.starts_with('#'))
            sums.push_back(line.substr(line.rfind(',') + 1));
    return sums;
}

struct Source {
    std::string what;
    std::string file;
    Words words;
};

/// Steps of one to five frames at places that no rate explains.
const std::string uneven =
    "select='not(mod(n*n,7)*gt(mod(n,11),3))',settb=1/90000,setpts='PTS+mod(N*37,11)*90'";

} // namespace

TEST_CASE("a picture that players take as it is becomes the top rendition, packet for packet",
          "[transcoder]") {
    const auto source = GENERATE(values<Source>({
        {"a key every two seconds", "in.mp4", recording(20, 50)},
        {"a key every eight seconds", "in.mp4", recording(20, 200)},
        {"no reordering", "in.mp4", recording(13, 50, {"-bf", "0"})},
        {"deep reordering", "in.mp4",
         recording(13, 50, {"-bf", "8", "-b_strategy", "0", "-refs", "6"})},
        {"keys where a camera set them", "in.mp4",
         recording(20, 1000, {"-force_key_frames", "0,3.2,7.72,8.4,15.56"})},
        {"steps that differ", "in.mp4",
         recording(20, 60, {"-vf", uneven, "-fps_mode", "passthrough", "-enc_time_base", "1:90000",
                            "-video_track_timescale", "90000"})},
        {"Matroska, whose times are rounded", "in.mkv",
         recording(20, 50, {"-r", "30000/1001"})},
        {"a fragmented MP4", "in.mp4", recording(20, 50, {"-movflags", "+frag_keyframe+empty_moov"})},
        {"QuickTime", "in.mov", recording(7, 50)},
        {"sixty frames a second", "in.mp4", recording(7, 100, {"-r", "60"})},
        {"no sound", "in.mp4", recording(7, 50, {"-an"})},
        {"sound that goes on for two seconds", "in.mp4",
         {"-f", "lavfi", "-i", picture + "5", "-f", "lavfi", "-i", tone + "7"}},
    }));
    CAPTURE(source.what);
    const test::TemporaryFolder folder;
    test::make_recording(folder / source.file, source.words);
    const auto run = test::transcode({folder / source.file, folder / "out"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(passthrough_of_picture(run) == nlohmann::json{{"passes", true}, {"why_not", ""}});
    CHECK(test::faults(folder / "out") == Words{});
    CHECK(run.last("finished")["lost_s"] == 0.0);
    CHECK((pictures_of(folder / "out/v90.m3u8") == pictures_of(folder / source.file)));
}

TEST_CASE("a picture that players may stumble over is encoded, and why is told", "[transcoder]") {
    struct Case {
        std::string why;
        Words words;
        std::string file = "in.mp4";
    };
    const auto row = GENERATE(values<Case>({
        {"codec", {"-f", "lavfi", "-i", picture + "2", "-c:v", "mpeg4"}},
        {"container", recording(2, 50), "in.ts"},
        {"profile", recording(2, 50, {"-pix_fmt", "yuv420p10le"})},
        {"full_range", recording(2, 50, {"-pix_fmt", "yuvj420p"})},
        {"interlaced", recording(2, 50, {"-vf", "scale=160:96,setsar=1", "-flags", "+ilme+ildct",
                                         "-x264-params", "tff=1"})},
        {"interlaced",
         recording(2, 50, {"-vf", "scale=160:96,setsar=1", "-x264-params", "fake-interlaced=1"})},
        {"pixel_shape", recording(2, 50, {"-vf", "setsar=4/3"})},
        {"high_light", recording(2, 50, {"-color_trc", "smpte2084", "-color_primaries", "bt2020",
                                         "-colorspace", "bt2020nc"})},
        {"size", {"-f", "lavfi", "-i", "color=navy:s=2560x1440:r=25:d=2", "-pix_fmt", "yuv420p"}},
        {"frame_rate", recording(2, 50, {"-r", "100"})},
        {"keyframes_too_far_apart", recording(13, 1000)},
        {"keyframes_too_far_apart", recording(13, 50, {"-x264-params", "open-gop=1"})},
        {"bit_rate", recording(4, 50, {"-vf", "scale=640:360,noise=alls=100:allf=t", "-qp", "10"})},
    }));
    CAPTURE(row.why);
    const test::TemporaryFolder folder;
    test::make_recording(folder / row.file, row.words);
    const auto run = test::transcode({folder / row.file, folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(passthrough_of_picture(run) == nlohmann::json{{"passes", false}, {"why_not", row.why}});
    CHECK(test::faults(folder / "out") == Words{});
}

TEST_CASE("a copy that was cut between keys is encoded, for its beginning is hidden",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "whole.mp4", recording(10, 100));
    test::make_recording(folder / "in.mp4",
                         {"-ss", "5.3", "-i", folder / "whole.mp4", "-c", "copy"});
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(passthrough_of_picture(run)["why_not"] == "edit_list");
    CHECK(test::faults(folder / "out") == Words{});
}

TEST_CASE("a picture lying on its side is not handed on", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "flat.mp4", recording(2, 50));
    test::make_recording(folder / "in.mp4", {"-i", folder / "flat.mp4", "-c", "copy",
                                             "-metadata:s:v:0", "rotate=180"});
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    CHECK(passthrough_of_picture(run)["why_not"] == "rotation");
}

TEST_CASE("who wants everything encoded gets it", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", recording(2, 50));
    const auto run =
        test::transcode({folder / "in.mp4", folder / "out", "--no-passthrough"});
    CHECK(passthrough_of_picture(run)["why_not"] == "not_wanted");
    std::filesystem::create_directory(folder / "job");
    const nlohmann::json job{{"input", folder / "in.mp4"},
                             {"folder", folder / "job"},
                             {"passthrough", false}};
    // Its standard input closes behind the line: the run may be ended by that, but it has told.
    const auto as_job = test::transcode({"--job"}, job.dump() + "\n");
    for (const auto& event : as_job.events)
        if (event["event"] == "probed")
            CHECK(event["passthrough"]["video"]["passes"] == false);
}

TEST_CASE("what is handed on can be played, with its sound, before anything else is encoded",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", recording(60, 110));
    const auto run = test::transcode({folder / "in.mp4", folder / "out", "--threads", "1"});
    REQUIRE(run.status == 0);
    Words told;
    for (const auto& event : run.events) {
        if (event["event"] == "rendition")
            told.push_back(event["name"]);
        if (event["event"] == "segment" && event["rendition"] == "v90s")
            break;
    }
    CHECK(told == Words{"v90", "a64"});
}

TEST_CASE("what is handed on is the same byte for byte wherever a run was killed", "[transcoder]") {
    const auto file = GENERATE(as<std::string>{}, "in.mp4", "in.mkv");
    const test::TemporaryFolder folder;
    test::make_recording(folder / file, recording(60, 110));
    const std::string input = folder / file;
    REQUIRE(test::transcode({input, folder / "whole", "--threads", "1"}).status == 0);
    const auto whole = test::contents(folder / "whole");
    std::size_t kills = 0;
    for (std::size_t events = 2; events < 26; events += 4) {
        const auto out = folder / ("killed" + std::to_string(events));
        for (std::size_t more = 0; more < 8; more += 3)
            if (test::transcode_and_kill({input, out}, events + more))
                ++kills;
        CAPTURE(file, events);
        CHECK(test::transcode({input, out, "--threads", "3"}).status == 0);
        CHECK((test::contents(out) == whole));
    }
    CHECK(kills > 6);
}

TEST_CASE("a picture whose packets turn out to be damaged is encoded after all", "[transcoder]") {
    // It was handed on: players that are less forgiving than our decoder stopped at it.
    const test::TemporaryFolder folder;
    test::make_recording(folder / "whole.mp4", recording(12, 50));
    auto bytes = folder.read("whole.mp4");
    // Inside a slice, where no header tells.
    const auto place = bytes.find("mdat") + 2'500;
    for (std::size_t i = 0; i < 24; ++i)
        bytes[place + i] = static_cast<char>(0x55 + 7 * i);
    folder.write("in.mp4", bytes);
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    CHECK(passthrough_of_picture(run)["passes"] == false);
    CHECK(passthrough_of_picture(run)["why_not"] == "damaged");
    CHECK(run.last("finished")["duration_s"].get<double>() == Approx(12).margin(0.1));
}
