#include "tests/transcoder/program.h"

#include "transcoder/av/input.h"
#include "transcoder/crew.h"
#include "transcoder/folder/presentation.h"
#include "transcoder/plan/probe.h"

#include <catch2/catch.hpp>

namespace {

using namespace transcoder;
using Words = std::vector<std::string>;

Words recording(const std::string& sound, const Words& more = {}) {
    Words words{"-f",   "lavfi",   "-i",      "testsrc2=s=160x90:r=30000/1001:d=20",
                "-f",   "lavfi",   "-i",      sound,
                "-c:v", "libx264", "-preset", "veryfast",
                "-g",   "75",      "-pix_fmt", "yuv420p",
                "-c:a", "aac", "-b:a", "64k"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

plan::SourceFacts facts_of(const std::filesystem::path& file) {
    const auto source = av::SourceFile::open(file);
    return plan::probe(source, plan::Passthrough::where_it_can_be).value();
}

/// Makes the folder of a source whose sound is handed on too.
void make(const std::filesystem::path& file, const std::filesystem::path& folder) {
    const auto source = av::SourceFile::open(file);
    auto plan = plan::make_plan(facts_of(file), {});
    REQUIRE(plan.picture_passes());
    REQUIRE(plan.source.passing.sound.has_value());
    plan.sound->made = plan::SoundRung::Made::passed;
    std::filesystem::create_directory(folder);
    const auto ignore = [](const auto&, std::size_t, const auto&) {};
    folder::Presentation presentation(folder, plan, ignore);
    Crew crew(source, plan, presentation.sinks(), {presentation.first_chunk(), 0}, 2);
    while (crew.wait(std::chrono::hours(1)) == Crew::State::working)
        presentation.announce();
    presentation.finish();
}

/// The bytes of a stream's packets.
Words packets_of(const std::filesystem::path& file, int stream) {
    const auto source = av::SourceFile::open(file);
    av::Input input(source);
    input.only(stream);
    Words packets;
    while (const auto packet = input.read())
        packets.emplace_back(packet->data, packet->data + packet->size);
    return packets;
}

} // namespace

TEST_CASE("a sound that players take as it is can be handed on, packet for packet",
          "[transcoder]") {
    const auto sound = GENERATE(as<std::string>{}, "sine=f=440:r=48000:d=20.1",
                                "sine=f=440:r=44100:d=20.1");
    const auto file = GENERATE(as<std::string>{}, "in.mp4", "in.mkv");
    CAPTURE(sound, file);
    const test::TemporaryFolder folder;
    test::make_recording(folder / file, recording(sound));
    make(folder / file, folder / "out");
    CHECK(test::faults(folder / "out") == Words{});
    auto packets = packets_of(folder / file, 1);
    const auto handed_on = packets_of(folder / "out/a64.mp4", 0);
    REQUIRE(handed_on.size() > 850);
    REQUIRE(handed_on.size() <= packets.size());
    packets.resize(handed_on.size());
    CHECK((handed_on == packets));
}

TEST_CASE("a sound that cannot be handed on is told why", "[transcoder]") {
    struct Case {
        std::string why;
        std::string sound;
        Words words;
    };
    const std::string tone = "sine=f=440:r=48000:d=20";
    const auto row = GENERATE_COPY(values<Case>({
        {"codec", tone, {"-c:a", "libmp3lame"}},
        {"sample_rate", tone, {"-ar", "32000"}},
        {"channels", tone, {"-ac", "6"}},
        {"short", "sine=f=440:r=48000:d=19", {}},
        {"late", tone, {"-af", "asetpts=PTS+24000"}},
        {"gaps", tone, {"-af", "asetpts=PTS+4800*gt(N\\,300)"}},
    }));
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", recording(row.sound, row.words));
    const auto facts = facts_of(folder / "in.mp4");
    REQUIRE(facts.passing.picture.has_value());
    CHECK(facts.passing.why_no_sound == row.why);
}
