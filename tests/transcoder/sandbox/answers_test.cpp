#include "transcoder/answers.h"

#include <catch2/catch.hpp>

namespace {

using namespace transcoder;

plan::SourceFacts facts() {
    plan::SourceFacts facts;
    facts.duration = std::chrono::microseconds(27'200'000);
    facts.origin = std::chrono::microseconds(-21'333);
    facts.picture = plan::PictureFacts{.stream = 1,
                                       .codec = "h264",
                                       .shown = {1280, 720},
                                       .quarter_turns = 1,
                                       .rate = {30000, 1001}};
    facts.sound = plan::SoundFacts{0, "aac", 2, 48'000, "ja"};
    facts.access = plan::SourceFacts::Access::anywhere;
    return facts;
}

} // namespace

TEST_CASE("what a probe found out arrives as it was", "[transcoder]") {
    auto told = facts();
    if (GENERATE(false, true))
        told.sound.reset();
    if (GENERATE(false, true))
        told.duration.reset();
    const auto read = read_facts(to_text(Outcome<plan::SourceFacts>(told)));
    REQUIRE(read.has_value());
    CHECK(read->duration == told.duration);
    CHECK(read->origin == told.origin);
    CHECK(read->picture == told.picture);
    CHECK(read->sound == told.sound);
    CHECK(read->access == told.access);
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

TEST_CASE("what no probe of ours would say is not believed", "[transcoder]") {
    const auto text = GENERATE(values<std::string>({
        "",
        "[]",
        "{}",
        R"({"origin_us":0,"anywhere":0})",
        R"({"origin_us":0,"anywhere":2,"sound":{"stream":0,"codec":"aac","channels":2,"sample_rate":48000,"language":""}})",
        R"({"origin_us":0,"anywhere":0,"sound":{"stream":-1,"codec":"aac","channels":2,"sample_rate":48000,"language":""}})",
        R"({"origin_us":0,"anywhere":0,"sound":{"stream":0,"codec":"aac","channels":2,"sample_rate":0,"language":""}})",
        R"({"origin_us":0,"anywhere":0,"sound":{"stream":0,"codec":"a\nb","channels":2,"sample_rate":48000,"language":""}})",
        R"({"rejected":{"kind":"bored","message":"x","message_en":"x"}})",
        R"({"rejected":7})",
    }));
    CHECK_THROWS_AS(read_facts(text), std::runtime_error);
}
