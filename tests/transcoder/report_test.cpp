#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

namespace {

/// What was done, in one word each.
std::vector<std::string> conformed(const nlohmann::json& report) {
    std::vector<std::string> done;
    for (const auto& one : report["conformed"])
        done.push_back(one["did"]);
    return done;
}

} // namespace

TEST_CASE("a report says what the source is and what was made of it", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(8));
    REQUIRE(
        test::transcode({folder / "in.mp4", folder / "out", "--no-passthrough"}).status == 0);
    const auto report = test::report(folder / "out");
    CHECK(report["source"]["container"] == "mov,mp4,m4a,3gp,3g2,mj2");
    CHECK(report["source"]["bytes"] == std::filesystem::file_size(folder / "in.mp4"));
    CHECK(report["source"]["promised_duration_s"] == 8.0);
    CHECK(report["source"]["video"]["codec"] == "h264");
    CHECK(report["source"]["video"]["width"] == 160);
    CHECK(report["source"]["video"]["frames_per_s"] == 25.0);
    CHECK(report["source"]["video"]["variable_frame_rate"] == false);
    CHECK(report["source"]["audio"]["sample_rate_hz"] == 44'100);
    CHECK(report["duration_s"] == 8.0);
    CHECK(report["lost_s"] == 0.0);
    CHECK(report["segment_s"] == 6.0);
    REQUIRE(report["renditions"].size() == 3);
    CHECK(report["renditions"][1]["name"] == "v90");
    CHECK(report["renditions"][1]["made"] == "encoded");
    CHECK(report["passthrough"]["video"] ==
          nlohmann::json{{"passes", false}, {"why_not", "not_wanted"}});
    CHECK(report["speed"]["wall_s"].get<double>() > 0);
    CHECK(conformed(report) == std::vector<std::string>{"mixed_to_stereo", "resampled"});
}

TEST_CASE("a report says what had to be done to the picture", "[transcoder]") {
    const auto [words, expected] =
        GENERATE(table<std::vector<std::string>, std::vector<std::string>>({
            {{"-c:v", "libx264", "-pix_fmt", "yuv420p"}, {}},
            {{"-c:v", "libx264", "-flags", "+ilme+ildct", "-x264-params", "tff=1", "-pix_fmt",
              "yuv420p"},
             {"deinterlaced"}},
            {{"-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-color_trc", "smpte2084",
              "-color_primaries", "bt2020", "-colorspace", "bt2020nc"},
             {"tone_mapped", "pixel_format_changed"}},
            {{"-c:v", "libx264", "-pix_fmt", "yuv444p"}, {"pixel_format_changed"}},
            {{"-c:v", "libx264", "-r", "60", "-pix_fmt", "yuv420p"}, {"frame_rate_made_constant"}},
        }));
    const test::TemporaryFolder folder;
    std::vector<std::string> all{"-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=2"};
    all.insert(all.end(), words.begin(), words.end());
    test::make_recording(folder / "in.mp4", all);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto report = test::report(folder / "out");
    CHECK(conformed(report) == expected);
    CHECK(report["loudness"].is_null());
    CHECK(report["source"]["audio"].is_null());
}

TEST_CASE("a folder that is finished still tells how loud it was", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2));
    const auto first = test::transcode({folder / "in.mp4", folder / "out"});
    const auto second = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(second.status == 0);
    CHECK(first.last("finished")["loudness"].is_object());
    CHECK(second.last("finished")["loudness"] == first.last("finished")["loudness"]);
}

TEST_CASE("a look makes nothing and says what would be made", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2));
    const auto before = test::contents(folder.path());
    const auto look = nlohmann::json::parse(
        test::printed_by({folder / "in.mp4", "--only", "probe", "--ladder", "90@5,360"}));
    CHECK(look["source"]["video"]["height"] == 90);
    CHECK(look["renditions"].size() == 3);
    CHECK_FALSE(look.contains("loudness"));
    const auto heard = nlohmann::json::parse(
        test::printed_by({folder / "in.mp4", "--only", "loudness"}));
    CHECK(heard["loudness"]["gain_reason"] == "raised");
    CHECK(test::contents(folder.path()) == before);
}
