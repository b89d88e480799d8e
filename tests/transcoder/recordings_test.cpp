#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;

namespace {

std::vector<std::string> no_faults() { return {}; }

} // namespace

TEST_CASE("a recording becomes a folder that plays and breaks no rule", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(8));
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == no_faults());

    const auto media = catalog::media::read_media_folder(folder / "out");
    REQUIRE(media.has_value());
    CHECK(media->ended());
    CHECK(media->duration() == 8s);
    CHECK(media->names() == std::set<std::string>{"v90s", "v90", "a64"});
    CHECK(media->main.variants.front().rendition == "v90s");
    CHECK(media->renditions.at("v90").segments.size() == 2);

    const auto probed = run.last("probed");
    CHECK(probed["video"] == nlohmann::json{{"width", 160},
                                            {"height", 90},
                                            {"frame_rate", 25.0},
                                            {"codec", "h264"}});
    CHECK(probed["renditions"] == nlohmann::json{"v90s", "v90", "a64"});
    CHECK(run.last("finished")["lost_s"] == 0.0);
    CHECK(run.last("segment")["number"] == 1);
    std::set<std::string> told;
    for (const auto& event : run.events)
        if (event["event"] == "rendition")
            told.insert(event["name"]);
    CHECK(told == media->names());
}

TEST_CASE("a finished folder is left as it is, and not taken for another recording's",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(1));
    test::make_recording(folder / "other.mp4", test::moving_picture(1, "25", "160x120"));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto made = test::contents(folder / "out");
    CHECK(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK(test::contents(folder / "out") == made);
    CHECK(test::transcode({folder / "other.mp4", folder / "out"}).status == 1);
    CHECK(test::contents(folder / "out") == made);
}

TEST_CASE("a folder that is not ours is refused and not touched", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(1));
    std::filesystem::create_directory(folder / "out");
    const auto name = GENERATE(as<std::string>{}, "letter.txt", "v720.mp4", "main.m3u8");
    folder.write("out/" + name, "kept");
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    CHECK(run.status == 1);
    CHECK_FALSE(run.said.empty());
    CHECK(test::contents(folder / "out") == std::map<std::string, std::string>{{name, "kept"}});
}

TEST_CASE("real recordings become folders that play and break no rule", "[transcoder]") {
    const auto name = GENERATE(as<std::string>{}, "car-detection.mp4", "bottle-detection.mp4",
                               "small_video.mp4", "av.mov", "aonly.mov");
    const auto source = std::filesystem::path(SHARED_MEDIA) / name;
    if (!std::filesystem::exists(source)) {
        WARN(name + " is not there");
        return;
    }
    const test::TemporaryFolder folder;
    const auto run = test::transcode({source, folder / "out"});
    CAPTURE(name, run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == no_faults());
    CHECK(run.last("finished")["lost_s"] == 0.0);
    const double promised = run.last("probed")["duration_s"];
    CHECK(run.last("finished")["duration_s"].get<double>() == Approx(promised).margin(0.2));
}
