#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <random>

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A small picture with a sound by ffmpeg's `expressions`, one a side, in which `t` is the time.
Words sounding(const std::string& expressions, int seconds, const Words& codec = {"-c:a", "aac"}) {
    const auto length = std::to_string(seconds);
    Words words{"-f",   "lavfi",     "-i",       "testsrc2=s=160x90:r=5:d=" + length,
                "-f",   "lavfi",     "-i",       "aevalsrc=" + expressions + ":s=48000:d=" + length,
                "-c:v", "libx264",   "-preset",  "ultrafast",
                "-g",   "10",        "-pix_fmt", "yuv420p"};
    words.insert(words.end(), codec.begin(), codec.end());
    return words;
}

/// Speech-like: bursts of several tones that come and go.
const std::string speech = "0.05*sin(2*PI*t*220)*(1+sin(2*PI*t*0.7))+0.03*sin(2*PI*t*1330)*(1+sin(2*PI*t*3))";

test::Run make(const test::TemporaryFolder& folder, const Words& words,
               const std::string& name = "in.mp4") {
    test::make_recording(folder / name, words);
    auto run = test::transcode({folder / name, folder / "out"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == Words{});
    return run;
}

/// The mean square of each side and of both together, of what is played of `folder`.
struct Sides {
    double left = 0;
    double right = 0;
    double together = 0;
};
Sides sides(const test::TemporaryFolder& folder) {
    test::make_recording(folder / "played.raw", {"-i", folder / "out/audio.m3u8", "-f", "s16le"});
    std::ifstream file(folder / "played.raw", std::ios::binary);
    std::array<std::int16_t, 2> sample{};
    Sides sums;
    double count = 0;
    while (file.read(reinterpret_cast<char*>(sample.data()), sizeof sample)) {
        const double left = sample[0] / 32768.0;
        const double right = sample[1] / 32768.0;
        sums.left += left * left;
        sums.right += right * right;
        sums.together += (left + right) * (left + right) / 4;
        ++count;
    }
    REQUIRE(count > 0);
    return {sums.left / count, sums.right / count, sums.together / count};
}

} // namespace

TEST_CASE("every recording is made as loud as the others", "[transcoder]") {
    const auto [file, expressions, gain] = GENERATE(table<std::string, std::string, double>({
        {"in.mp4", "0.0316*sin(2*PI*t*1000)|0.0316*sin(2*PI*t*1000)", 14},
        {"in.mkv", "0.0316*sin(2*PI*t*1000)|0.0316*sin(2*PI*t*1000)", 14},
        {"in.ts", "0.0316*sin(2*PI*t*1000)|0.0316*sin(2*PI*t*1000)", 14},
        {"in.mp4", "0.5*sin(2*PI*t*1000)|0.5*sin(2*PI*t*1000)", -10},
        {"in.mp4", "0.0316*sin(2*PI*t*1000)", 14},
        {"in.mp4", speech + "|" + speech, 0},
    }));
    const test::TemporaryFolder folder;
    const auto run = make(folder, sounding(expressions, 20), file);
    CAPTURE(file, expressions);
    const auto before = test::loudness(folder / file);
    const auto heard = test::report(folder / "out")["loudness"];
    // The command takes a single channel for one loudspeaker; ours is played by two.
    const double doubled = expressions.find('|') == std::string::npos ? 3.01 : 0;
    CHECK(heard["integrated_lufs"].get<double>() ==
          Approx(before.integrated_lufs + doubled).margin(0.15));
    CHECK(heard["true_peak_dbtp"].get<double>() == Approx(before.true_peak_dbtp).margin(0.3));
    if (gain != 0)
        CHECK(heard["gain_db"].get<double>() == Approx(gain).margin(0.3));
    CHECK(test::loudness(folder / "out/audio.m3u8").integrated_lufs == Approx(-16).margin(0.5));
    CHECK(run.last("finished")["loudness"]["gain_db"] == heard["gain_db"]);
    CHECK(run.last("finished")["loudness"]["integrated_lufs"] == heard["integrated_lufs"]);
}

TEST_CASE("peaks that the gain would drive beyond full scale are held", "[transcoder]") {
    const test::TemporaryFolder folder;
    // Quiet, with a loud knock every second.
    const std::string knocking =
        "0.03*sin(2*PI*t*500)+if(lt(mod(t\\,1)\\,0.01)\\,0.8*sin(2*PI*t*900)\\,0)";
    make(folder, sounding(knocking + "|" + knocking, 12));
    const auto heard = test::report(folder / "out")["loudness"];
    CHECK(heard["peaks_held"] == true);
    CHECK(heard["true_peak_dbtp"].get<double>() + heard["gain_db"].get<double>() > 3);
    // Half a decibel and a little more is what the encoder gives back.
    CHECK(test::loudness(folder / "out/audio.m3u8").true_peak_dbtp <= -0.5);
}

TEST_CASE("a side without sound gets the other's", "[transcoder]") {
    const auto [expressions, mended] = GENERATE(table<std::string, std::string>(
        {{speech + "|0", "left_on_both"}, {"0|" + speech, "right_on_both"}}));
    const test::TemporaryFolder folder;
    make(folder, sounding(expressions, 12));
    const auto heard = test::report(folder / "out")["loudness"];
    CHECK(heard["mended"] == mended);
    CHECK(heard[mended == "left_on_both" ? "right" : "left"]["active_share"] == 0.0);
    const auto played = sides(folder);
    CHECK(played.left == Approx(played.right).epsilon(0.02));
    CHECK(test::loudness(folder / "out/audio.m3u8").integrated_lufs == Approx(-16).margin(0.5));
}

TEST_CASE("sides that take each other out are heard on one loudspeaker too", "[transcoder]") {
    const test::TemporaryFolder folder;
    make(folder, sounding(speech + "|-1*(" + speech + ")", 12));
    const auto heard = test::report(folder / "out")["loudness"];
    CHECK(heard["mended"] == "right_inverted");
    CHECK(heard["out_of_phase"] == true);
    const auto played = sides(folder);
    CHECK(played.together == Approx(played.left).epsilon(0.05));
}

TEST_CASE("silence stays silence", "[transcoder]") {
    const test::TemporaryFolder folder;
    const auto run = make(folder, sounding("0|0", 8));
    const auto heard = test::report(folder / "out")["loudness"];
    CHECK(heard["gain_db"] == 0.0);
    CHECK(heard["gain_reason"] == "silent");
    CHECK(heard["mended"] == "none");
    CHECK(run.last("finished")["loudness"]["integrated_lufs"].is_null());
    CHECK(sides(folder).left < 1e-8);
    CHECK(test::report(folder / "out")["silences"].size() == 1);
}

TEST_CASE("pauses are found where they are", "[transcoder]") {
    const test::TemporaryFolder folder;
    make(folder, sounding("if(between(t\\,5\\,9)\\,0\\,0.1*sin(2*PI*t*500))", 14));
    const auto silences = test::report(folder / "out")["silences"];
    REQUIRE(silences.size() == 1);
    CHECK(silences[0]["begin_s"].get<double>() == Approx(5).margin(0.15));
    CHECK(silences[0]["end_s"].get<double>() == Approx(9).margin(0.15));
}

TEST_CASE("treated sound is the same bytes by any number of threads and wherever a run was killed",
          "[transcoder]") {
    // Peaks are held and 44.1 kHz is made 48: what each sample becomes depends on its neighbours.
    const auto name = GENERATE(as<std::string>{}, "in.mp4", "in.ts", "in.m4a");
    const test::TemporaryFolder folder;
    const std::string knocking =
        "0.03*sin(2*PI*t*500)+if(lt(mod(t\\,1)\\,0.01)\\,0.8*sin(2*PI*t*900)\\,0)";
    auto words = sounding(knocking + "|" + knocking, 45, {"-c:a", "aac", "-ar", "44100"});
    if (name == "in.m4a")
        words.push_back("-vn");
    test::make_recording(folder / name, words);
    REQUIRE(test::transcode({folder / name, folder / "whole", "--jobs", "1"}).status == 0);
    const auto whole = test::contents(folder / "whole");
    REQUIRE(test::report(folder / "whole")["loudness"]["peaks_held"] == true);
    REQUIRE(test::transcode({folder / name, folder / "three", "--jobs", "3"}).status == 0);
    CHECK((test::contents(folder / "three") == whole));
    std::mt19937 random(5);
    std::uniform_int_distribution<std::size_t> events(0, 9);
    int kills = 0;
    for (int tries = 0; tries < 5; ++tries)
        kills += test::transcode_and_kill({folder / name, folder / "killed"}, events(random)) ? 1 : 0;
    REQUIRE(test::transcode({folder / name, folder / "killed"}).status == 0);
    CHECK((test::contents(folder / "killed") == whole));
    CHECK(kills > 0);
}

TEST_CASE("sound that is right passes with its picture, wherever a run was killed",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    const auto amplitude = GENERATE(as<std::string>{}, "0.158", "0.05");
    const bool is_right = amplitude == "0.158";
    const auto tone = amplitude + "*sin(2*PI*t*1000)";
    test::make_recording(folder / "in.mp4", sounding(tone + "|" + tone, 40, {"-c:a", "aac", "-b:a", "64k"}));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "whole", "--jobs", "1"}).status == 0);
    CHECK(test::faults(folder / "whole") == Words{});
    const auto report = test::report(folder / "whole");
    CHECK(report["passthrough"]["video"]["passes"] == true);
    CHECK(report["passthrough"]["audio"]["passes"] == is_right);
    if (!is_right)
        CHECK(report["passthrough"]["audio"]["why_not"] == "loudness");
    CHECK(test::loudness(folder / "whole/audio.m3u8").integrated_lufs == Approx(-16).margin(0.5));
    for (std::size_t events = 1; events < 9; events += 3)
        test::transcode_and_kill({folder / "in.mp4", folder / "killed"}, events);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "killed"}).status == 0);
    CHECK((test::contents(folder / "killed") == test::contents(folder / "whole")));
}

TEST_CASE("where the sound ends long before the picture there is silence", "[transcoder]") {
    const test::TemporaryFolder folder;
    auto words = sounding(speech + "|" + speech, 60);
    words[7] = words[7].substr(0, words[7].rfind("d=")) + "d=9";
    test::make_recording(folder / "in.mp4", words);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "one", "--jobs", "1"}).status == 0);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "three", "--jobs", "3"}).status == 0);
    CHECK(test::faults(folder / "one") == Words{});
    CHECK((test::contents(folder / "one") == test::contents(folder / "three")));
    CHECK(test::loudness(folder / "one/audio.m3u8").integrated_lufs == Approx(-16).margin(0.5));
}

TEST_CASE("what was heard is written down, and a run that goes on does not listen again",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", sounding(speech + "|" + speech, 45));
    // Told of: what was probed, what holds, and a segment.
    REQUIRE(test::transcode_and_kill({folder / "in.mp4", folder / "out"}, 5));
    auto mark = folder.read("out/.kiroku-transcoder");
    const auto at = mark.find("\"integrated_lufs\":");
    REQUIRE(at != std::string::npos);
    // Whatever stands there is what the run that goes on believes.
    const auto end = mark.find(',', at);
    folder.write("out/.kiroku-transcoder",
                 mark.replace(at, end - at, "\"integrated_lufs\":-25.5"));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK(test::report(folder / "out")["loudness"]["integrated_lufs"] == -25.5);
}
