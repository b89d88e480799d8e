#include "transcoder/sound/waveform.h"

#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using transcoder::sound::Waveform;

namespace {

transcoder::av::Samples level(std::size_t count, float left, float right) {
    transcoder::av::Samples samples;
    samples.planes[0].assign(count, left);
    samples.planes[1].assign(count, right);
    return samples;
}

/// Two seconds of silence, then two of a tone, beside what is seen.
std::vector<std::string> silence_and_tone(const std::vector<std::string>& picture) {
    std::vector<std::string> words{"-f", "lavfi", "-i",
                                   "aevalsrc=0.1*sin(2*PI*440*t)*gte(t\\,2):s=48000:d=4"};
    words.insert(words.end(), picture.begin(), picture.end());
    return words;
}

std::vector<int> peaks(const test::TemporaryFolder& folder) {
    const auto text = nlohmann::json::parse(folder.read("out/waveform.json"));
    CHECK(text["interval_s"] == 0.125);
    return text["peaks"];
}

} // namespace

TEST_CASE("a waveform is the highest sample of each eighth of a second", "[transcoder]") {
    Waveform waveform(300ms);
    CHECK_FALSE(waveform.has_begun());
    waveform.add(level(5'000, 0.1F, -0.2F));
    waveform.add(level(5'000, -0.5F, 0.25F));
    waveform.add(level(90'000, 2.0F, 0));
    CHECK(waveform.has_begun());
    CHECK(waveform.to_text() == "{\"interval_s\":0.125,\"peaks\":[50,100,100]}\n");
    CHECK(Waveform(125ms).to_text() == "{\"interval_s\":0.125,\"peaks\":[0]}\n");
}

TEST_CASE("an hour's waveform is less than 100 KB", "[transcoder]") {
    Waveform waveform(1h);
    waveform.add(level(std::size_t{3600} * 48'000, 0.99F, 0.5F));
    CHECK(waveform.to_text().size() < 100'000);
}

TEST_CASE("the finished sound is drawn, with a picture and without", "[transcoder]") {
    const auto [name, picture] = GENERATE(table<std::string, std::vector<std::string>>({
        {"in.m4a", {"-c:a", "aac"}},
        // Too small for slides, and large enough.
        {"in.mp4",
         {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=4", "-c:v", "libx264", "-c:a", "aac"}},
        {"in.mp4",
         {"-f", "lavfi", "-i", "color=white:s=640x360:r=10:d=4,drawgrid=w=90:h=70:t=20", "-c:v",
          "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"}},
    }));
    const test::TemporaryFolder folder;
    test::make_recording(folder / name, silence_and_tone(picture));
    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    const auto drawn = peaks(folder);
    CAPTURE(drawn);
    REQUIRE(drawn.size() >= 32);
    CHECK(drawn[3] == 0);
    CHECK(drawn[14] == 0);
    // As it is played, after it was made louder.
    const auto gain = test::report(folder / "out")["loudness"]["gain_db"].get<double>();
    CHECK(gain > 3);
    CHECK(std::abs(drawn[20] - 10 * std::pow(10, gain / 20)) < 2);
    CHECK(test::report(folder / "out")["waveform"]["peaks"] == drawn.size());
}

TEST_CASE("no waveform is drawn where nothing is to be heard at all", "[transcoder]") {
    const test::TemporaryFolder folder;
    auto words = test::moving_picture(2);
    words.push_back("-an");
    test::make_recording(folder / "in.mp4", words);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK_FALSE(std::filesystem::exists(folder / "out/waveform.json"));
    CHECK(test::report(folder / "out")["waveform"].is_null());
}
