#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <filesystem>

TEST_CASE("a stranger is told how to use the program", "[transcoder]") {
    CHECK(test::command({TRANSCODER_PROGRAM, "--help"}) == 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "--version"}) == 0);
    CHECK(test::command({TRANSCODER_PROGRAM}) != 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "a.mp4"}) != 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "--job", "a.mp4", "out"}) != 0);
}

TEST_CASE("words that are wrong are refused in one plain sentence, and nothing is made",
          "[transcoder]") {
    const auto [words, sentence] = GENERATE(table<std::vector<std::string>, std::string>({
        {std::vector<std::string>{}, "Name the recording and the folder to make; --help says more."},
        {{"in.mp4"}, "Name the folder to make, after the recording."},
        {{"in.mp4", "out", "more"}, "\"more\" is not known here; --help says what is."},
        {{"in.mp4", "out", "--fast"}, "\"--fast\" is not known here; --help says what is."},
        {{"in.mp4", "out", "--jobs", "many"},
         "The number of threads (--jobs) is a whole number from 0 to 1024."},
        {{"in.mp4", "out", "--segment", "1"},
         "A segment (--segment) lasts a whole number of seconds from 2 to 10."},
        {{"in.mp4", "out", "--segment", "5.5"},
         "A segment (--segment) lasts a whole number of seconds from 2 to 10."},
        {{"in.mp4", "out", "--ladder", "720"},
         "This is no ladder (--ladder): it has from 2 to 8 rungs."},
        {{"in.mp4", "out", "--ladder", "360,720p"},
         "This is no ladder (--ladder): \"720p\" is neither LINES nor LINES@FRAMES, such as 720 or "
         "360@12."},
        {{"in.mp4", "out", "--ladder", "360,"},
         "This is no ladder (--ladder): \"\" is neither LINES nor LINES@FRAMES, such as 720 or "
         "360@12."},
        {{"in.mp4", "out", "--ladder", "360,4320"},
         "This is no ladder (--ladder): a rung has from 90 to 1080 lines."},
        {{"in.mp4", "out", "--ladder", "360@4,720"},
         "This is no ladder (--ladder): a rung has from 5 to 60 frames a second."},
        {{"in.mp4", "out", "--ladder", "360,720,360@12"},
         "This is no ladder (--ladder): the same lines stand in it twice."},
        {{"in.mp4", "--only", "everything"}, "--only knows two steps: probe and loudness."},
        {{"in.mp4", "out", "--only", "probe"}, "--only makes nothing: name no folder."},
        {{"--download", "out"},
         "--download takes a finished folder and the name of the file to make."},
        {{"--download", "out", "x.mp4", "--only", "probe"},
         "--download takes a finished folder and the name of the file to make."},
        {{"in.mp4", "out", "--rendition", "v720"}, "--rendition and --span go with --download."},
        {{"--job", "in.mp4", "out"},
         "--job takes no other words: the job is a line of standard input."},
    }));
    const auto run = test::transcode(words);
    CHECK(run.status == 2);
    CHECK(run.said == sentence + "\n");
    CHECK_FALSE(std::filesystem::exists("out"));
}

TEST_CASE("the sizes and segments that are asked for are made", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(25, "30", "384x216"));
    const auto run = test::transcode({folder / "in.mp4", folder / "out", "--ladder",
                                      "180@15,120@10,720", "--segment", "4", "--no-passthrough"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    const auto report = test::report(folder / "out");
    CHECK(report["segment_s"] == 4.0);
    std::vector<std::string> made;
    for (const auto& rendition : report["renditions"])
        if (rendition["codec"] == "h264")
            made.push_back(rendition["name"].get<std::string>() + "@" +
                           rendition["most_frames_per_s"].dump());
    CHECK(made == std::vector<std::string>{"v120@10.0", "v180@15.0", "v216@30.0"});
}

TEST_CASE("segments of any length that may be asked for break no rule", "[transcoder]") {
    const auto segment = GENERATE(as<std::string>{}, "2", "3", "5", "7", "10");
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(23));
    const auto run =
        test::transcode({folder / "in.mp4", folder / "out", "--segment", segment});
    CAPTURE(segment, run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    CHECK(test::report(folder / "out")["segment_s"].get<double>() ==
          Approx(std::stod(segment)).margin(0.5));
}

TEST_CASE("a run that goes on with other words begins anew", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(20, "10", "384x216"));
    const auto [more, less] = GENERATE(table<std::vector<std::string>, std::vector<std::string>>(
        {{{"--segment", "4"}, {}}, {{}, {"--ladder", "90@5,180"}}}));
    const auto words = [&folder](const std::string& out, const std::vector<std::string>& wishes) {
        std::vector<std::string> all{folder / "in.mp4", folder / out};
        all.insert(all.end(), wishes.begin(), wishes.end());
        return all;
    };
    REQUIRE(test::transcode_and_kill(words("out", more), 4));
    REQUIRE(test::transcode(words("out", less)).status == 0);
    REQUIRE(test::transcode(words("fresh", less)).status == 0);
    CHECK((test::contents(folder / "out") == test::contents(folder / "fresh")));
}

TEST_CASE("a job's line may ask for sizes and segments, and is refused where they are wrong",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    const nlohmann::json job{{"input", (folder / "in.mp4").string()},
                             {"folder", (folder / "out").string()},
                             {"ladder", "360"}};
    const auto run = test::transcode({"--job"}, job.dump() + "\n");
    CHECK(run.status == 1);
    CHECK(run.last("failed")["message_en"] ==
          "This is no ladder (--ladder): it has from 2 to 8 rungs.");
}

TEST_CASE("a job's line that is none fails with a sentence", "[transcoder]") {
    const auto line = GENERATE(as<std::string>{}, "", "no json\n", "[]\n", R"({"input":"a"})");
    const auto run = test::transcode({"--job"}, line);
    CHECK(run.status == 1);
    CHECK(run.last("failed")["kind"] == "internal");
}

TEST_CASE("a job ends when its standard input closes", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "source.mp4", test::moving_picture(8));
    const nlohmann::json job{{"input", (folder / "source.mp4").string()},
                             {"folder", folder.path().string()}};
    // A file's end is what a parent's death looks like.
    const auto run = test::transcode({"--job"}, job.dump() + "\n");
    CHECK(run.status != 0);
    CHECK(run.last("finished").is_null());
    CHECK(std::filesystem::exists(folder / "source.mp4"));
}
