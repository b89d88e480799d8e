#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <random>

namespace {

std::string noise(std::size_t bytes, unsigned seed) {
    std::mt19937 random(seed);
    std::string text(bytes, '\0');
    for (auto& byte : text)
        byte = static_cast<char>(random());
    return text;
}

struct Wrong {
    std::string what;
    std::string content;
    std::string kind;
};

std::vector<Wrong> wrong_ones() {
    std::vector<Wrong> wrong{
        {"nothing", "", "empty"},
        {"text", "これは議事録です。\n", "not_a_recording"},
        {"HLS", "#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nsecret.mp4\n", "playlist"},
        {"HLS behind a byte order mark", "\xef\xbb\xbf\n #EXTM3U\nsecret.mp4\n", "playlist"},
        {"concat", "ffconcat version 1.0\nfile secret.mp4\n", "playlist"},
        {"DASH", "<?xml version=\"1.0\"?>\n<MPD></MPD>\n", "playlist"},
        {"a picture's head", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "not_a_recording"},
        {"an MP4's head", std::string("\0\0\0\x18""ftypisom\0\0\2\0isommp41\0\0\1\0mdat", 32) +
             noise(100, 1), "truncated"},
    };
    for (const unsigned seed : {1U, 2U, 3U})
        wrong.push_back({"noise", noise(3'000'000, seed), "not_a_recording"});
    return wrong;
}

bool is_japanese(const std::string& text) { return text.find("。") != std::string::npos; }

} // namespace

TEST_CASE("what is no recording is refused in one sentence and leaves nothing", "[transcoder]") {
    const auto wrong = GENERATE(from_range(wrong_ones()));
    CAPTURE(wrong.what);
    const test::TemporaryFolder folder;
    // What a playlist names is there and could be played, if it were opened.
    test::make_recording(folder / "secret.mp4", test::moving_picture(1));
    folder.write("in.mp4", wrong.content);
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    CHECK(run.status == 1);
    const auto failed = run.last("failed");
    CHECK(failed["kind"] == wrong.kind);
    CHECK(is_japanese(failed["message"]));
    CHECK(run.events.size() == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
}

TEST_CASE("a directory and what is not there are refused", "[transcoder]") {
    const test::TemporaryFolder folder;
    const auto of_a_directory = test::transcode({folder.path(), folder / "out"});
    CHECK(of_a_directory.status == 1);
    CHECK(of_a_directory.last("failed")["kind"] == "not_a_recording");
    const auto of_nothing = test::transcode({folder / "none.mp4", folder / "out"});
    CHECK(of_nothing.status == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
}

TEST_CASE("of a recording cut off before its index nothing can be played", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "whole.mp4", test::moving_picture(8));
    const auto whole = folder.read("whole.mp4");
    folder.write("in.mp4", whole.substr(0, whole.size() / 2));
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    CHECK(run.status == 1);
    CHECK(run.last("failed")["kind"] == "truncated");
}

TEST_CASE("of a recording cut off behind its index the readable part is made, and the loss told",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    auto words = test::moving_picture(20);
    words.insert(words.end(), {"-movflags", "+faststart"});
    test::make_recording(folder / "whole.mp4", words);
    const auto whole = folder.read("whole.mp4");
    folder.write("in.mp4", whole.substr(0, whole.size() / 2));
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    const auto finished = run.last("finished");
    const double made = finished["duration_s"];
    const double lost = finished["lost_s"];
    CHECK(made > 5);
    CHECK(made < 15);
    CHECK(made + lost == Approx(20).margin(0.2));
}

TEST_CASE("after a failed job only the source remains", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "source.mp4", test::moving_picture(20));
    // A run was killed; then the source turned out to be something else.
    const auto out = (folder / "out").string();
    REQUIRE(test::transcode_and_kill({folder / "source.mp4", out}, 3));
    folder.write("source.mp4", "#EXTM3U\n");
    CHECK(test::transcode({folder / "source.mp4", out}).status == 1);
    CHECK(test::contents(out).empty());
}

TEST_CASE("where the disk takes no more nothing half is left", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(8));
    // A file that may not grow fails as a full disk does.
    CHECK(test::command({"prlimit", "--fsize=20000", TRANSCODER_PROGRAM, folder / "in.mp4",
                         folder / "out"}) == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "out"));
}
