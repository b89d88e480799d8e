#include "transcoder/answers.h"

#include <catch2/catch.hpp>

namespace {

using namespace transcoder;

plan::SourceFacts facts() {
    plan::SourceFacts facts;
    facts.container = "matroska,webm";
    facts.duration = std::chrono::microseconds(27'200'000);
    facts.origin = std::chrono::microseconds(-21'333);
    facts.picture = plan::PictureFacts{.stream = 1,
                                       .codec = "h264",
                                       .shown = {1280, 720},
                                       .quarter_turns = 1,
                                       .stored = {720, 1280},
                                       .pixels = "yuv420p10le",
                                       .rate = {30000, 1001},
                                       .average_rate = {29, 1}};
    facts.sound = plan::SoundFacts{0, "aac", 2, 48'000, "ja"};
    facts.access = plan::SourceFacts::Access::anywhere;
    facts.passing.picture = plan::PassedPicture{.clock = {-1920, 3, 45, 3003},
                                                .timescale = 90'000,
                                                .cuts = {0, 540'540, 900'000},
                                                .delay = 2,
                                                .shortest = 3003,
                                                .bandwidth = {900'000, 400'000}};
    facts.passing.sound = plan::PassedSound{1024, 470, {130'000, 128'000}};
    return facts;
}

} // namespace

TEST_CASE("what a probe found out arrives as it was", "[transcoder]") {
    auto told = facts();
    if (GENERATE(false, true))
        told.sound.reset();
    if (GENERATE(false, true))
        told.duration.reset();
    if (GENERATE(false, true)) {
        told.passing = {};
        told.passing.why_no_picture = "interlaced";
        told.passing.why_no_sound = "picture";
    }
    const auto read = read_facts(to_text(Outcome<plan::SourceFacts>(told)));
    REQUIRE(read.has_value());
    CHECK(read->container == told.container);
    CHECK(read->duration == told.duration);
    CHECK(read->origin == told.origin);
    CHECK(read->picture == told.picture);
    CHECK(read->sound == told.sound);
    CHECK(read->access == told.access);
    CHECK(read->passing == told.passing);
}

TEST_CASE("the cuts of a day and night arrive, and those of no recording do not", "[transcoder]") {
    auto told = facts();
    auto& cuts = told.passing.picture->cuts;
    cuts = {0};
    while (cuts.size() < 21'601)
        cuts.push_back(cuts.back() + 4 * 90'000);
    const auto text = to_text(Outcome<plan::SourceFacts>(told));
    CHECK(text.size() < 512 * 1024);
    CHECK(read_facts(text)->passing == told.passing);
    const auto broken = GENERATE(as<std::int64_t>{}, 0, -1, 12 * 90'000);
    cuts.push_back(cuts.back() + broken);
    CHECK_THROWS_AS(read_facts(to_text(Outcome<plan::SourceFacts>(told))), std::runtime_error);
}

TEST_CASE("a rejection arrives with its kind and sentences, on one line", "[transcoder]") {
    const Outcome<Finished> told =
        Rejection{Kind::damaged, "壊れています。", "Damaged:\nat \x01 0."};
    const auto read = read_finished(to_text(told));
    REQUIRE(read.has_error());
    CHECK(read.error().kind == Kind::damaged);
    CHECK(read.error().message == "壊れています。");
    CHECK(read.error().message_en == "Damaged: at   0.");
}

TEST_CASE("what was heard, or why nothing was, arrives as it was", "[transcoder]") {
    sound::Heard told;
    told.integrated_lufs = -23.07;
    told.correlation = -0.98;
    const auto read = read_heard(to_text(Outcome<sound::Heard>(told)));
    REQUIRE(read.has_value());
    CHECK(*read == told);
    const Outcome<sound::Heard> rejected = reject(Kind::too_large);
    CHECK(read_heard(to_text(rejected)).error().kind == Kind::too_large);
}

TEST_CASE("what no probe of ours would say is not believed", "[transcoder]") {
    const auto text = GENERATE(values<std::string>({
        "",
        "[]",
        "{}",
        R"({"container":"mov","origin_us":0,"anywhere":0})",
        R"({"container":"mov","origin_us":0,"anywhere":2,"sound":{"stream":0,"codec":"aac","channels":2,"sample_rate":48000,"language":""}})",
        R"({"container":"mov","origin_us":0,"anywhere":0,"sound":{"stream":-1,"codec":"aac","channels":2,"sample_rate":48000,"language":""}})",
        R"({"container":"mov","origin_us":0,"anywhere":0,"sound":{"stream":0,"codec":"aac","channels":2,"sample_rate":0,"language":""}})",
        R"({"container":"mov","origin_us":0,"anywhere":0,"sound":{"stream":0,"codec":"a\nb","channels":2,"sample_rate":48000,"language":""}})",
        R"({"rejected":{"kind":"bored","message":"x","message_en":"x"}})",
        R"({"rejected":7})",
    }));
    CHECK_THROWS_AS(read_facts(text), std::runtime_error);
}
