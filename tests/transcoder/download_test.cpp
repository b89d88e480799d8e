#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <utility>

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

test::Run take_along(const fs::path& folder, const fs::path& file, const Words& more = {}) {
    Words words{"--download", folder, file};
    words.insert(words.end(), more.begin(), more.end());
    return test::transcode(words);
}

/// The boxes at the top of an MP4, in their order.
Words boxes(const std::string& bytes) {
    Words names;
    for (std::size_t at = 0; at + 8 <= bytes.size();) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i)
            size = size << 8 | static_cast<unsigned char>(bytes[at + i]);
        names.push_back(bytes.substr(at + 4, 4));
        if (size < 8)
            break;
        at += size;
    }
    return names;
}

/// What the ffmpeg command decodes of a file's only picture or sound: each frame, and when.
std::string decoded(const test::TemporaryFolder& folder, const fs::path& file, const std::string& kind) {
    test::make_recording(folder / "decoded", {"-i", file, "-map", "0:" + kind + ":0", "-fps_mode",
                                              "passthrough", "-f", kind == "v" ? "framemd5" : "s16le"});
    return folder.read("decoded");
}

/// Whether a file's sound is the rendition's, without the 1024 samples by which its encoder runs ahead:
/// the ffmpeg command hides them in files that are no fragments, and shows them before 0 in others.
bool has_sound_of(const test::TemporaryFolder& folder, const fs::path& file, const fs::path& rendition) {
    constexpr std::size_t priming = 1024 * 2 * sizeof(std::int16_t);
    const auto sound = decoded(folder, file, "a");
    return !sound.empty() && decoded(folder, rendition, "a").substr(priming) == sound;
}

/// The pictures of a file that the ffmpeg command decodes, as hashes; those whose instants lie in
/// `[begin, end)` of it.
Words hashes_between(const test::TemporaryFolder& folder, const fs::path& file, double begin, double end) {
    test::make_recording(folder / "decoded", {"-i", file, "-map", "0:v:0", "-fps_mode", "passthrough",
                                              "-enc_time_base:v", "1:90000", "-f", "framemd5"});
    std::istringstream lines(folder.read("decoded"));
    constexpr double half_a_tick = 0.5 / 90'000;
    Words hashes;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#'))
            continue;
        std::istringstream cells(line);
        std::string cell;
        Words all;
        while (std::getline(cells, cell, ','))
            all.push_back(cell);
        const auto at = std::stod(all.at(2)) / 90'000;
        if (at > begin - half_a_tick && at < end - half_a_tick)
            hashes.push_back(all.back());
    }
    return hashes;
}

/// How long a file's only picture or sound lasts, by its header.
double lasts(const test::TemporaryFolder& folder, const fs::path& file, const std::string& kind) {
    REQUIRE(test::command({"ffprobe", "-v", "error", "-select_streams", kind, "-show_entries",
                           "stream=duration", "-of", "csv=p=0", "-o", folder / "lasts", file}) == 0);
    return std::stod(folder.read("lasts"));
}

/// The seconds at which a file's sound begins to be heard after it was silent.
std::vector<double> beeps(const test::TemporaryFolder& folder, const fs::path& file) {
    test::make_recording(folder / "heard", {"-i", file, "-map", "0:a:0", "-af", "aresample=async=1",
                                            "-ac", "1", "-ar", "48000", "-f", "s16le"});
    const auto bytes = folder.read("heard");
    constexpr int loud = 1000;
    constexpr std::size_t a_pause = 24'000;
    std::vector<double> begins;
    std::size_t last = 0;
    for (std::size_t at = 0; 2 * at + 1 < bytes.size(); ++at) {
        std::int16_t sample = 0;
        std::memcpy(&sample, bytes.data() + 2 * at, sizeof sample);
        if (std::abs(sample) < loud)
            continue;
        if (begins.empty() || at > last + a_pause)
            begins.push_back(static_cast<double>(at) / 48'000);
        last = at;
    }
    return begins;
}

int streams(const fs::path& file) {
    const auto said = test::said_by({"ffmpeg", "-hide_banner", "-nostdin", "-i", file, "-c", "copy", "-map", "0",
                                     "-f", "null", "-"});
    int count = 0;
    for (auto at = said.find("Stream #0:"); at != std::string::npos && at < said.find("Output #0");
         at = said.find("Stream #0:", at + 1))
        ++count;
    return count;
}

std::vector<fs::path> names_in(const fs::path& folder) {
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename());
    std::ranges::sort(names);
    return names;
}

} // namespace

TEST_CASE("a finished folder becomes one file that can be taken along", "[transcoder]") {
    const auto more = GENERATE(Words{}, Words{"--no-passthrough"}, Words{"--ladder", "90@5,160"});
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(8, "25", "320x180"));
    Words words{folder / "in.mp4", folder / "out"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(test::transcode(words).status == 0);
    const auto before = test::contents(folder / "out");

    const auto file = folder / "taken.mp4";
    const auto run = take_along(folder / "out", file);
    CAPTURE(more, run.said);
    REQUIRE(run.status == 0);
    CHECK((test::contents(folder / "out") == before));
    CHECK(names_in(folder.path()) == std::vector<fs::path>{"in.mp4", "out", "taken.mp4"});
    CHECK(boxes(folder.read("taken.mp4")) == Words{"ftyp", "moov", "free", "mdat"});
    CHECK(test::command({"ffmpeg", "-v", "error", "-nostdin", "-xerror", "-i", file, "-f", "null", "-"}) == 0);
    // Each picture and each sample is where it is in the folder.
    const auto report = test::report(folder / "out");
    const auto top = report["renditions"][report["renditions"].size() - 2]["name"].get<std::string>();
    CHECK((decoded(folder, file, "v") == decoded(folder, folder / "out" / (top + ".mp4"), "v")));
    CHECK(has_sound_of(folder, file, folder / "out/a64.mp4"));
    CHECK(streams(file) == 2);
}

TEST_CASE("a rendition that is named is taken, the sound alone too", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2, "25", "320x180"));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    REQUIRE(take_along(folder / "out", folder / "slow.mp4", {"--rendition", "v180s"}).status == 0);
    CHECK((decoded(folder, folder / "slow.mp4", "v") == decoded(folder, folder / "out/v180s.mp4", "v")));
    REQUIRE(take_along(folder / "out", folder / "sound.mp4", {"--rendition", "a64"}).status == 0);
    CHECK(streams(folder / "sound.mp4") == 1);
    CHECK(has_sound_of(folder, folder / "sound.mp4", folder / "out/a64.mp4"));
    REQUIRE(take_along(folder / "out", folder / "same.mp4", {"--rendition", "v180"}).status == 0);
    REQUIRE(take_along(folder / "out", folder / "again.mp4").status == 0);
    CHECK((folder.read("same.mp4") == folder.read("again.mp4")));
}

TEST_CASE("of pieces nothing else is shown or heard, to the picture, and in sync", "[transcoder]") {
    const auto [preset, more] = GENERATE(table<std::string, Words>({{"ultrafast", {}},
                                                                   {"veryfast", {}},
                                                                   {"ultrafast", {"--no-passthrough"}}}));
    const test::TemporaryFolder folder;
    const std::string beeping = "aevalsrc=exprs='0.5*sin(2765*t)*(between(t,14,14.2)+between(t,26,26.2)+"
                                "between(t,22,22.5)+between(t,3,4))':s=48000:d=40";
    test::make_recording(folder / "in.mp4", {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=40", "-f", "lavfi",
                                             "-i", beeping, "-c:v", "libx264", "-preset", preset, "-g", "60",
                                             "-pix_fmt", "yuv420p", "-c:a", "aac"});
    Words words{folder / "in.mp4", folder / "out"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(test::transcode(words).status == 0);
    const auto all = folder / "all.mp4";
    const auto part = folder / "part.mp4";
    REQUIRE(take_along(folder / "out", all).status == 0);
    CAPTURE(preset, more);
    // The picture of 13.00 is there at 13.02 too; that of 20.48 at 20.49.
    const auto run = take_along(folder / "out", part, {"--span", "13.02-20.5,25-30"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(boxes(folder.read("part.mp4")) == Words{"ftyp", "moov", "free", "mdat"});
    CHECK(test::command({"ffmpeg", "-v", "error", "-nostdin", "-xerror", "-i", part, "-f", "null", "-"}) == 0);
    CHECK(streams(part) == 2);
    CHECK(hashes_between(folder, part, 0, 7.48) == hashes_between(folder, all, 13, 20.5));
    CHECK(hashes_between(folder, part, 7.5, 12.5) == hashes_between(folder, all, 25, 30));
    CHECK(hashes_between(folder, part, 12.52, 1000).empty());
    CHECK(std::abs(lasts(folder, part, "v") - 12.5) < 0.05);
    CHECK(std::abs(lasts(folder, part, "a") - 12.5) < 0.05);
    const auto heard = beeps(folder, part);
    REQUIRE(heard.size() == 2);
    CHECK(std::abs(heard[0] - (14 - 13.02)) < 0.03);
    CHECK(std::abs(heard[1] - (26 - 25 + 7.5)) < 0.03);
    // The whole as a span is the whole; so is what begins with it and is open.
    for (const auto* whole : {"0-1000", "0-"}) {
        REQUIRE(take_along(folder / "out", folder / "span.mp4", {"--span", whole}).status == 0);
        CHECK(hashes_between(folder, folder / "span.mp4", -1, 100) == hashes_between(folder, all, -1, 100));
        CHECK((decoded(folder, folder / "span.mp4", "a") == decoded(folder, all, "a")));
        fs::remove(folder / "span.mp4");
    }
}

TEST_CASE("a span that is none is refused in one sentence", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto wrong = GENERATE(as<std::string>{}, "", "5", "-", "-5", "5-5", "5-,6-7", "5-6,", "5-6,6-7", "8-9,5-6", "6-5", "a-b", "0-1e99", "0-inf", "nan-1", "1-2-3");
    CAPTURE(wrong);
    const auto run = take_along(folder / "out", folder / "x.mp4", {"--span=" + wrong});
    CHECK(run.status != 0);
    const auto behind = take_along(folder / "out", folder / "x.mp4", {"--span", "100-200"});
    CHECK(behind.status == 1);
    CHECK(behind.said == "The recording has nothing in that span.\n");
    CHECK(names_in(folder.path()) == std::vector<fs::path>{"in.mp4", "out"});
}

TEST_CASE("a folder of sound alone, and one of a picture alone, can be taken along", "[transcoder]") {
    const auto without = GENERATE(as<std::string>{}, "-vn", "-an");
    const test::TemporaryFolder folder;
    auto words = test::moving_picture(2);
    words.push_back(without);
    test::make_recording(folder / "in.mp4", words);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CAPTURE(without);
    REQUIRE(take_along(folder / "out", folder / "taken.mp4").status == 0);
    CHECK(streams(folder / "taken.mp4") == 1);
}

TEST_CASE("what cannot be taken along is refused in one sentence, and no file is left", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(20, "10"));
    fs::create_directory(folder / "empty");
    REQUIRE(test::transcode_and_kill({folder / "in.mp4", folder / "half", "--no-passthrough"}, 6));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "whole"}).status == 0);
    folder.write("there.mp4", "somebody's");
    const auto [from, to, rendition, sentence] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"empty", "x.mp4", "", "The folder holds no recording that was made."},
        {"nowhere", "x.mp4", "", "The folder holds no recording that was made."},
        {"in.mp4", "x.mp4", "", "The folder holds no recording that was made."},
        {"half", "x.mp4", "", "The folder is not finished: nothing can be taken from it yet."},
        {"whole", "x.mp4", "v720", "The folder has no rendition \"v720\"."},
        {"whole", "there.mp4", "", "There is a file of that name already."},
        {"whole", "nowhere/x.mp4", "", "The file cannot be made there: No such file or directory."},
    }));
    const auto before = names_in(folder.path());
    const auto run = take_along(folder / from, folder / to,
                                rendition.empty() ? Words{} : Words{"--rendition", rendition});
    CHECK(run.status == 1);
    CHECK(run.said == sentence + "\n");
    CHECK(run.events.empty());
    CHECK(names_in(folder.path()) == before);
    CHECK(folder.read("there.mp4") == "somebody's");
}

TEST_CASE("where the file cannot be written nothing of it stays", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    // A rendition whose bytes are none, in an index that is right.
    auto bytes = folder.read("out/a64.mp4");
    std::fill(bytes.begin(), bytes.end(), '\0');
    folder.write("out/a64.mp4", bytes);
    const auto run = take_along(folder / "out", folder / "taken.mp4");
    CHECK(run.status == 1);
    CHECK(names_in(folder.path()) == std::vector<fs::path>{"in.mp4", "out"});
}
