#include "transcoder/sound/limiter.h"
#include "transcoder/sound/meter.h"
#include "transcoder/sound/silences.h"
#include "transcoder/sound/treatment.h"
#include "transcoder/sound/true_peak.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>

using namespace transcoder;
using namespace transcoder::sound;
using std::chrono::milliseconds;

namespace {

using Wave = std::function<float(std::int64_t)>;

Wave tone(double hertz, double amplitude) {
    return [=](std::int64_t sample) {
        const double turns = hertz * static_cast<double>(sample) / av::sound_rate;
        return static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * turns));
    };
}

const Wave nothing = [](std::int64_t) { return 0.0F; };

av::Samples samples(const Wave& left, const Wave& right, std::int64_t begin, std::int64_t count) {
    av::Samples samples;
    for (auto at = begin; at < begin + count; ++at) {
        samples.planes[0].push_back(left(at));
        samples.planes[1].push_back(right(at));
    }
    return samples;
}

/// Heard in parts of so many tenths.
Heard heard(const Wave& left, const Wave& right, int tenths, int tenths_a_part = 1000) {
    std::vector<Meter> parts;
    for (int tenth = 0; tenth < tenths; ++tenth) {
        const auto part = [&](int of) { return samples(left, right, of * Meter::tenth, Meter::tenth); };
        if (tenth % tenths_a_part == 0) {
            parts.emplace_back();
            if (tenth > 0)
                parts.back().lead(part(tenth - 1));
        }
        parts.back().add(part(tenth));
    }
    return heard_of(parts);
}

/// As noisy as speech, and the same each time.
Wave noise(unsigned seed) {
    return [seed](std::int64_t sample) {
        auto bits = (static_cast<std::uint64_t>(sample) + 1) * 0x9E3779B97F4A7C15U + seed;
        for (const int shift : {30, 27, 31})
            bits = (bits ^ (bits >> shift)) * 0xBF58476D1CE4E5B9U;
        const auto loudness = 1 + static_cast<float>(std::sin(static_cast<double>(sample) / 30'000));
        return (static_cast<float>(bits >> 40) / 8388608.0F - 1) * 0.1F * loudness;
    };
}

} // namespace

TEST_CASE("a tone is as loud as EBU Tech 3341 says", "[transcoder]") {
    // Its cases 1 and 2: 1 kHz on both sides at -23 and -33 dBFS.
    const auto dbfs = GENERATE(-23.0, -33.0);
    const auto wave = tone(1000, std::pow(10, dbfs / 20));
    const auto found = heard(wave, wave, 200);
    REQUIRE(found.integrated_lufs);
    CHECK(*found.integrated_lufs == Approx(dbfs).margin(0.1));
    CHECK(found.true_peak_dbtp == Approx(dbfs).margin(0.1));
    CHECK(found.range_lu < 0.1);
    CHECK(found.correlation == 1.0);
    CHECK(found.duration == milliseconds(20'000));
    CHECK(found.silences.empty());
}

TEST_CASE("what is quiet is left out, as the gates of EBU R128 say", "[transcoder]") {
    // Its case 3: 10 s at -36, 60 s at -23, 10 s at -36.
    const auto wave = [](std::int64_t sample) {
        const auto second = sample / av::sound_rate;
        const double dbfs = second < 10 || second >= 70 ? -36 : -23;
        return tone(1000, std::pow(10, dbfs / 20))(sample);
    };
    const auto found = heard(wave, wave, 800);
    REQUIRE(found.integrated_lufs);
    CHECK(*found.integrated_lufs == Approx(-23).margin(0.1));
    CHECK(found.range_lu == Approx(13).margin(1));
}

TEST_CASE("parts are heard as one, wherever they were cut", "[transcoder]") {
    const auto whole = heard(noise(1), noise(2), 150);
    CHECK(heard(noise(1), noise(2), 150, 7) == whole);
    CHECK(heard(noise(1), noise(2), 150, 50) == whole);
    CHECK(whole.range_lu > 1);
    CHECK(std::abs(whole.correlation) < 0.05);
}

TEST_CASE("a peak between two samples is seen", "[transcoder]") {
    // A quarter of the rate, so that each sample lies 45 degrees off the peak.
    const auto wave = [](std::int64_t sample) { return tone(12'000, 1)(sample); };
    const auto between = [](std::int64_t sample) {
        constexpr double quarter = std::numbers::pi / 2;
        return static_cast<float>(
            std::sin(quarter * static_cast<double>(sample) + quarter / 2));
    };
    CHECK(heard(wave, wave, 10).true_peak_dbtp == Approx(0).margin(0.1));
    CHECK(heard(between, between, 10).true_peak_dbtp == Approx(0).margin(0.3));
    CHECK(most_overshoot() > 1.5F);
    CHECK(most_overshoot() < 2.5F);
}

TEST_CASE("a side without sound and sides that are opposite are noticed and mended",
          "[transcoder]") {
    using Mending = Treatment::Mending;
    const auto wave = noise(1);
    const auto turned = [wave](std::int64_t sample) { return -wave(sample); };
    CHECK(treatment_for(heard(wave, nothing, 50)).mending == Mending::left_on_both);
    CHECK(treatment_for(heard(nothing, wave, 50)).mending == Mending::right_on_both);
    CHECK(treatment_for(heard(wave, turned, 50)).mending == Mending::right_inverted);
    CHECK(treatment_for(heard(wave, noise(2), 50)).mending == Mending::none);
    CHECK(treatment_for(heard(nothing, nothing, 50)).changes_nothing());
    CHECK(heard(wave, turned, 50).correlation == -1.0);
    CHECK(is_out_of_phase(heard(wave, turned, 50)));
    CHECK(heard(wave, nothing, 50).right == Side{nothing_dbfs, 0});
    // One side on both is twice the power.
    const auto both = treatment_for(heard(wave, wave, 50)).gain_db();
    CHECK(treatment_for(heard(wave, nothing, 50)).gain_db() == Approx(both).margin(0.02));
}

TEST_CASE("the gain leads to -16 LUFS, within limits", "[transcoder]") {
    struct Case {
        std::optional<double> lufs;
        double peak;
        int gain;
        Treatment::Peaks peaks;
        std::string_view reason;
    };
    using enum Treatment::Peaks;
    const auto row = GENERATE(
        Case{-30.0, -20, 1400, as_they_are, "raised"}, Case{-30.0, -10, 1400, held, "raised"},
        Case{-6.5, 0.3, -950, as_they_are, "lowered"},
        Case{-16.9, -1, 0, as_they_are, "right"}, Case{-15.1, -1, 0, as_they_are, "right"},
        Case{-16.0, -0.5, 0, held, "right"}, Case{-14.5, -3, -150, as_they_are, "lowered"},
        Case{-45.0, -30, 2000, as_they_are, "raised_as_far_as_it_may"},
        Case{-61.0, -40, 0, as_they_are, "silent"},
        Case{std::nullopt, nothing_dbfs, 0, as_they_are, "silent"},
        Case{std::nullopt, 6, 0, held, "silent"});
    Heard heard;
    heard.integrated_lufs = row.lufs;
    heard.true_peak_dbtp = row.peak;
    heard.left.level_dbfs = heard.right.level_dbfs = -30;
    const auto treatment = treatment_for(heard);
    CAPTURE(row.lufs.value_or(0), row.peak);
    CHECK(treatment.gain_hundredths_db == row.gain);
    CHECK(treatment.peaks == row.peaks);
    CHECK(reason(heard, treatment) == row.reason);
    CHECK(is_right(heard) == (row.gain == 0 && row.peaks == as_they_are));
}

TEST_CASE("peaks are held, and what is far from one is not touched", "[transcoder]") {
    const auto wave = [](std::int64_t sample) {
        const bool loud = sample % 48'000 >= 20'000 && sample % 48'000 < 21'000;
        return tone(997, loud ? 3.0 : 0.3)(sample);
    };
    constexpr float ceiling = 0.5F;
    const Limiter limiter(ceiling);
    const auto around = samples(wave, wave, -Limiter::before,
                                Limiter::before + 48'000 + Limiter::after);
    const auto given = limiter.limited(around);
    REQUIRE(given.size() == 48'000);
    std::vector<float> peaks(48'000 - before_peak - after_peak);
    true_peaks(given.planes[0], peaks);
    CHECK(sample_peak(peaks) <= ceiling * 1.01F);
    CHECK(sample_peak(peaks) > ceiling * 0.95F);
    for (const std::int64_t untouched : {0, 1000, 19'000, 30'000, 47'000}) {
        CAPTURE(untouched);
        CHECK(given.planes[0][static_cast<std::size_t>(untouched)] == wave(untouched));
    }
}

TEST_CASE("a limiter gives the same bits wherever the sound is cut", "[transcoder]") {
    const auto loud = [](std::int64_t sample) { return 20 * noise(7)(sample); };
    const Limiter limiter(0.5F);
    const auto limited = [&](std::int64_t begin, std::int64_t count) {
        return limiter.limited(samples(loud, noise(3), begin - Limiter::before,
                                       Limiter::before + count + Limiter::after));
    };
    const auto whole = limited(0, 10'240);
    for (std::int64_t begin = 0; begin < 10'240; begin += 1024) {
        const auto part = limited(begin, 1024);
        for (std::size_t side = 0; side < 2; ++side)
            CHECK(std::equal(part.planes[side].begin(), part.planes[side].end(),
                             whole.planes[side].begin() + begin));
    }
}

TEST_CASE("silences are times of two seconds and more", "[transcoder]") {
    Silences silences;
    const auto add = [&silences](int tenths, Silences::Is what) {
        for (int i = 0; i < tenths; ++i)
            silences.add(what);
    };
    add(25, Silences::Is::silent);
    add(1, Silences::Is::sound);
    add(19, Silences::Is::silent);
    add(5, Silences::Is::sound);
    add(20, Silences::Is::silent);
    CHECK(silences.found() == std::vector<Silence>{{milliseconds(0), milliseconds(2500)},
                                                   {milliseconds(5000), milliseconds(7000)}});
}

TEST_CASE("what was heard is read as it was written, and nothing else is believed",
          "[transcoder]") {
    auto told = heard(noise(1), nothing, 60);
    told.silences = {{milliseconds(100), milliseconds(2500)}};
    CHECK(read_heard(to_text(told)) == told);
    told.integrated_lufs.reset();
    told.damaged = true;
    CHECK(read_heard(to_text(told)) == told);
    auto text = nlohmann::json::parse(to_text(told));
    const auto [name, value] = GENERATE(table<std::string, nlohmann::json>({
        {"correlation", 2},
        {"integrated_lufs", "loud"},
        {"duration_us", -1},
        {"silences_ms", {{1}}},
        {"left", nullptr},
        {"damaged", 1},
        {"true_peak_dbtp", 1e9},
    }));
    text[name] = value;
    CAPTURE(name);
    CHECK_THROWS_AS(read_heard(text.dump()), std::runtime_error);
    CHECK_THROWS_AS(read_heard("{}"), std::runtime_error);
    CHECK_THROWS_AS(read_heard("no json"), std::runtime_error);
}
