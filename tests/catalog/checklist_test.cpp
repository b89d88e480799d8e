#include "catalog/checklist.h"

#include <catch2/catch.hpp>

namespace catalog {

using namespace std::chrono_literals;
using Finding = Check::Finding;
using Subject = Check::Subject;
using Recording = PublishingFacts::Recording;

namespace {

const UtcTime now = std::chrono::sys_days(2021y / 10 / 25);

PublishingFacts all_done() {
    PublishingFacts facts;
    facts.recording = Recording::finished;
    facts.sound = PublishingFacts::Sound{false, -16};
    facts.caption_cues = 12;
    facts.window = {std::nullopt, now + 24h};
    facts.chapters = 3;
    facts.has_thumbnail = true;
    facts.materials = 1;
    return facts;
}

Finding finding(const PublishingFacts& facts, Subject subject) {
    for (const auto& check : checklist(facts, now)) {
        if (check.subject == subject) {
            return check.finding;
        }
    }
    throw std::logic_error("it was not looked at");
}

} // namespace

TEST_CASE("a video with all that belongs to it passes each check", "[catalog]") {
    const auto checks = checklist(all_done(), now);
    REQUIRE(checks.size() == 6);
    for (const auto& check : checks) {
        CHECK(check.passes());
    }
}

TEST_CASE("sound must be there, be heard and be loud enough", "[catalog]") {
    auto facts = all_done();
    facts.sound = PublishingFacts::Sound{false, quietest_lufs};
    CHECK(finding(facts, Subject::sound) == Finding::good);
    facts.sound = PublishingFacts::Sound{false, quietest_lufs - 0.1};
    CHECK(finding(facts, Subject::sound) == Finding::too_quiet);
    facts.sound = PublishingFacts::Sound{true, std::nullopt};
    CHECK(finding(facts, Subject::sound) == Finding::silent);
    facts.sound = PublishingFacts::Sound{false, std::nullopt};
    CHECK(finding(facts, Subject::sound) == Finding::not_measured);
    facts.sound.reset();
    CHECK(finding(facts, Subject::sound) == Finding::missing);
}

TEST_CASE("what the transcoder makes is not told before it is made", "[catalog]") {
    auto facts = all_done();
    facts.recording = Recording::unfinished;
    CHECK(finding(facts, Subject::sound) == Finding::not_finished);
    CHECK(finding(facts, Subject::thumbnail) == Finding::not_finished);
    CHECK(finding(facts, Subject::captions) == Finding::good);
    facts.recording = Recording::none;
    CHECK(finding(facts, Subject::sound) == Finding::missing);
    CHECK(finding(facts, Subject::thumbnail) == Finding::missing);
}

TEST_CASE("a window is set where it has an end, and is not over", "[catalog]") {
    auto facts = all_done();
    facts.window = {};
    CHECK(finding(facts, Subject::window) == Finding::missing);
    facts.window = {now, std::nullopt};
    CHECK(finding(facts, Subject::window) == Finding::good);
    facts.window = {std::nullopt, now};
    CHECK(finding(facts, Subject::window) == Finding::over);
}

TEST_CASE("captions, chapters, a thumbnail and materials must be there, and materials have files", "[catalog]") {
    auto facts = all_done();
    facts.caption_cues = 0;
    facts.chapters = 0;
    facts.has_thumbnail = false;
    facts.without_file = 1;
    CHECK(finding(facts, Subject::captions) == Finding::missing);
    CHECK(finding(facts, Subject::chapters) == Finding::missing);
    CHECK(finding(facts, Subject::thumbnail) == Finding::missing);
    CHECK(finding(facts, Subject::materials) == Finding::without_file);
    facts.materials = 0;
    facts.without_file = 0;
    CHECK(finding(facts, Subject::materials) == Finding::missing);
}

TEST_CASE("of a stream that has not begun only its window and materials are looked at", "[catalog]") {
    auto facts = all_done();
    facts.recording = Recording::planned;
    const std::vector<Check> expected{{Subject::window, Finding::good}, {Subject::materials, Finding::good}};
    CHECK(checklist(facts, now) == expected);
}

} // namespace catalog
