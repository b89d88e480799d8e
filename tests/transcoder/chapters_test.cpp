#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

namespace {

/// A picture of two seconds with the chapters that a file of the ffmpeg command's names.
void make_with(const std::filesystem::path& file, const std::filesystem::path& chapters) {
    auto words = test::moving_picture(2);
    words.insert(words.begin() + 8, {"-f", "ffmetadata", "-i", chapters});
    words.insert(words.end(), {"-map", "0", "-map_chapters", "2"});
    test::make_recording(file, words);
}

std::string chapter(int begin_ms, int end_ms, const std::string& title) {
    return "[CHAPTER]\nTIMEBASE=1/1000\nSTART=" + std::to_string(begin_ms) +
           "\nEND=" + std::to_string(end_ms) + "\ntitle=" + title + "\n";
}

const std::string head = ";FFMETADATA1\n";

} // namespace

TEST_CASE("chapters of a recording become a track of chapters", "[transcoder]") {
    const auto name = GENERATE(as<std::string>{}, "in.mp4", "in.mkv");
    const test::TemporaryFolder folder;
    folder.write("chapters", head + chapter(0, 700, "開会 <b> & --> x") + chapter(700, 1500, "") +
                                 chapter(1500, 90'000, "two\\\nlines \x1b[2J") + chapter(90'000, 91'000, "never"));
    make_with(folder / name, folder / "chapters");
    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    CAPTURE(name);
    CHECK(folder.read("out/chapters.vtt") == "WEBVTT\n\n"
                                             "00:00:00.000 --> 00:00:00.700\n"
                                             "開会 &lt;b&gt; &amp; --&gt; x\n\n"
                                             "00:00:00.700 --> 00:00:01.500\n"
                                             "2\n\n"
                                             "00:00:01.500 --> 00:00:02.000\n"
                                             "two lines [2J\n");
    const auto told = test::report(folder / "out")["chapters"];
    CHECK(told["file"] == "chapters.vtt");
    CHECK(told["chapters"] == 3);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
}

TEST_CASE("chapters that divide nothing are left out, and the report says why", "[transcoder]") {
    const auto [chapters, why_not] = GENERATE(table<std::string, nlohmann::json>({
        {"", nullptr},
        {chapter(0, 2000, "a"), "only_one"},
        {chapter(0, 2000, "a") + chapter(90'000, 91'000, "b"), "nonsense"},
        {chapter(0, 1000, "a") + chapter(0, 2000, "b"), "nonsense"},
    }));
    const test::TemporaryFolder folder;
    folder.write("chapters", head + chapters);
    make_with(folder / "in.mkv", folder / "chapters");
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    CHECK_FALSE(std::filesystem::exists(folder / "out/chapters.vtt"));
    const auto told = test::report(folder / "out")["chapters"];
    CHECK(told["why_not"] == why_not);
    CHECK(told["chapters"] == 0);
}

TEST_CASE("a chapter's title in no encoding is its number", "[transcoder]") {
    const test::TemporaryFolder folder;
    folder.write("chapters", head + chapter(0, 1000, "ABCDEFGH") + chapter(1000, 2000, "second"));
    make_with(folder / "whole.mkv", folder / "chapters");
    auto bytes = folder.read("whole.mkv");
    REQUIRE(bytes.find("ABCDEFGH") != std::string::npos);
    bytes.replace(bytes.find("ABCDEFGH"), 8, "\x8b\x4c\x98\x5e\x8b\x4c\x98\x5e");
    folder.write("in.mkv", bytes);
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    CHECK(folder.read("out/chapters.vtt") == "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n1\n\n"
                                             "00:00:01.000 --> 00:00:02.000\nsecond\n");
}
