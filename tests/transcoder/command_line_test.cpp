#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

TEST_CASE("a stranger is told how to use the program", "[transcoder]") {
    CHECK(test::command({TRANSCODER_PROGRAM, "--help"}) == 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "--version"}) == 0);
    CHECK(test::command({TRANSCODER_PROGRAM}) != 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "a.mp4"}) != 0);
    CHECK(test::command({TRANSCODER_PROGRAM, "--job", "a.mp4", "out"}) != 0);
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
