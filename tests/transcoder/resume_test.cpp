#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

namespace {

/// Kills the program again and again, each time a few events further on, then lets it finish.
void make_with_kills(const std::vector<std::string>& words, unsigned seed, std::size_t& kills) {
    std::mt19937 random(seed);
    std::uniform_int_distribution<std::size_t> events(0, 9);
    for (int tries = 0; tries < 6; ++tries) {
        if (!test::transcode_and_kill(words, events(random)))
            return;
        ++kills;
    }
    REQUIRE(test::transcode(words).status == 0);
}

} // namespace

TEST_CASE("a run that was killed anywhere goes on and makes the same bytes", "[transcoder]") {
    // A transport stream has no index, so that its beginning is decoded again and dropped.
    const auto name = GENERATE(as<std::string>{}, "in.mp4", "in.ts", "in.mkv", "in.m4a");
    const test::TemporaryFolder folder;
    auto words = test::moving_picture(40, "10");
    if (name == "in.m4a")
        words.push_back("-vn");
    test::make_recording(folder / name, words);
    const std::string input = folder / name;
    REQUIRE(test::transcode({input, folder / "whole"}).status == 0);
    const auto whole = test::contents(folder / "whole");
    CHECK(test::faults(folder / "whole") == std::vector<std::string>{});
    std::size_t kills = 0;
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const auto out = folder / ("killed" + std::to_string(seed));
        make_with_kills({input, out}, seed, kills);
        CAPTURE(name, seed);
        CHECK((test::contents(out) == whole));
    }
    CHECK(kills > 0);
}

TEST_CASE("a run that was killed when only the stills were missing makes the same bytes",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(10, "10", "640x360"));
    const std::string input = folder / "in.mp4";
    const auto run = test::transcode({input, folder / "whole"});
    REQUIRE(run.status == 0);
    // How often progress is told depends on the machine; behind all else there is only the end.
    const auto told = std::ranges::count_if(
        run.events, [](const auto& event) { return event["event"] != "progress"; });
    const auto out = folder / "killed";
    test::transcode_and_kill({input, out}, static_cast<std::size_t>(told - 1));
    REQUIRE(test::transcode({input, out}).status == 0);
    CHECK((test::contents(out) == test::contents(folder / "whole")));
}

TEST_CASE("the bytes do not depend on the number of threads", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(40, "10"));
    const std::string input = folder / "in.mp4";
    REQUIRE(test::transcode({input, folder / "one", "--threads", "1"}).status == 0);
    REQUIRE(test::transcode({input, folder / "three", "--threads", "3"}).status == 0);
    CHECK((test::contents(folder / "one") == test::contents(folder / "three")));
}

TEST_CASE("a folder left by another recording's run is begun anew", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "a.mp4", test::moving_picture(20, "10"));
    test::make_recording(folder / "b.mp4", test::moving_picture(2, "10", "120x90"));
    REQUIRE(test::transcode_and_kill({folder / "a.mp4", folder / "out"}, 3));
    REQUIRE(test::transcode({folder / "b.mp4", folder / "out"}).status == 0);
    REQUIRE(test::transcode({folder / "b.mp4", folder / "fresh"}).status == 0);
    CHECK((test::contents(folder / "out") == test::contents(folder / "fresh")));
}
