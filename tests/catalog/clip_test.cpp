#include "catalog/clip.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace std::chrono_literals;

namespace {

using Spans = std::vector<Span>;

/// From 10 s to 100 s, without 40 s to 60 s.
const Clip lecture{Span{10s, 100s}, {{40s, 60s}}};

} // namespace

TEST_CASE("cuts divide what a video shows into pieces", "[catalog]") {
    CHECK(lecture.pieces() == Spans{{10s, 40s}, {60s, 100s}});
    CHECK(Clip(std::nullopt, {{0s, 5s}}).pieces() == Spans{{5s, Clip::open_end}});
    CHECK(Clip(Span{10s, 20s}, {{15s, 30s}, {5s, 12s}}).pieces() == Spans{{12s, 15s}});
    CHECK(Clip(Span{10s, 20s}, {{11s, 13s}, {13s, 14s}}).pieces() == Spans{{10s, 11s}, {14s, 20s}});
    CHECK(Clip(Span{10s, 20s}, {{0s, 30s}}).pieces().empty());
    CHECK(Clip(std::nullopt, {}).is_whole());
    CHECK_FALSE(Clip(std::nullopt, {{1s, 2s}}).is_whole());
    CHECK_FALSE(lecture.is_whole());
}

TEST_CASE("a clip counts in a time of its own", "[catalog]") {
    CHECK_FALSE(lecture.shown(9'999ms));
    CHECK(lecture.shown(10s) == 0ms);
    CHECK(lecture.shown(39'999ms) == 29'999ms);
    CHECK_FALSE(lecture.shown(40s));
    CHECK_FALSE(lecture.shown(59'999ms));
    CHECK(lecture.shown(60s) == 30s);
    CHECK_FALSE(lecture.shown(100s));
    CHECK(lecture.nearest(0s) == 0s);
    CHECK(lecture.nearest(50s) == 30s);
    CHECK(lecture.nearest(1000s) == 70s);
    for (const auto shown : {0ms, 1ms, 29'999ms, 30'000ms, 69'999ms}) {
        CHECK(lecture.shown(lecture.recorded(shown)) == shown);
    }
    CHECK(lecture.recorded(70s) == 100s);
    CHECK(lecture.recorded(Span{25s, 35s}) == Spans{{35s, 40s}, {60s, 65s}});
    CHECK(lecture.recorded(Span{60s, 90s}) == Spans{{90s, 100s}});
    CHECK(lecture.length(std::nullopt) == 70s);
    CHECK(lecture.length(80s) == 50s);
    CHECK_FALSE(Clip(std::nullopt, {{1s, 2s}}).length(std::nullopt));
    CHECK(Clip(std::nullopt, {{1s, 2s}}).length(10s) == 9s);
}

TEST_CASE("a clip that somebody asks for is put in order, or refused in words", "[catalog]") {
    const auto good = checked({Span{0s, 200s}, {{50s, 60s}, {10s, 20s}, {20s, 30s}}}, 100s).value();
    CHECK_FALSE(good.span);
    CHECK(good.cuts == Spans{{10s, 30s}, {50s, 60s}});
    CHECK(checked({Span{5s, 200s}, {}}, 100s).value().span == Span{5s, 100s});
    const auto refused = [](std::optional<Span> span, std::vector<Span> cuts) {
        const auto result = checked({span, std::move(cuts)}, 100s);
        return !result && result.error().kind == Refusal::invalid;
    };
    CHECK(refused(Span{20s, 20s}, {}));
    CHECK(refused(Span{30s, 20s}, {}));
    CHECK(refused(Span{-1s, 20s}, {}));
    CHECK(refused(Span{100s, 120s}, {}));
    CHECK(refused(std::nullopt, {{30s, 20s}}));
    CHECK(refused(std::nullopt, {{-5s, 20s}}));
    CHECK(refused(std::nullopt, {{100s, 120s}}));
    CHECK(refused(Span{10s, 20s}, {{5s, 10s}}));
    CHECK(refused(std::nullopt, {{0s, 99'500ms}}));
    CHECK(refused(std::nullopt, std::vector<Span>(51, Span{1s, 2s})));
}
