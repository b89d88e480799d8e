#include "server/api/found_inside.h"

#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace server::api;
using namespace std::chrono_literals;
using catalog::Chapter;
using catalog::Span;

namespace {

/// What the transcoder writes.
struct Folder : test::TemporaryFolder {
    Folder() {
        write("chapters.vtt", "WEBVTT\n\n00:00:00.000 --> 00:01:00.000\n開会 &amp; 挨拶\n\n"
                              "00:01:00.000 --> 00:02:00.000\n講演\n");
        write("report.json", R"({"silences":[{"begin_s":10.5,"end_s":20},{"begin_s":58,"end_s":63}]})");
        write("waveform.json", R"({"interval_s":0.125,"peaks":[0,3,42,100]})");
    }
};

const FoundInside all{.chapters = {{0s, "開会 & 挨拶"}, {60s, "講演"}},
                      .silences = {{10500ms, 20s}, {58s, 63s}},
                      .waveform = {125ms, {0, 3, 42, 100}}};

} // namespace

TEST_CASE("chapters, silences and the waveform of a recording are read", "[server]") {
    const Folder folder;
    CHECK(read_found_inside(folder.path()) == all);
    CHECK(read_found_inside(folder / "nowhere") == FoundInside{});
}

TEST_CASE("what is broken in a recording's folder is left out, and the rest stays", "[server]") {
    const Folder folder;
    SECTION("chapters") {
        folder.write("chapters.vtt", GENERATE("", "chapters", "WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nx\n"));
        auto rest = all;
        rest.chapters = {};
        CHECK(read_found_inside(folder.path()) == rest);
    }
    SECTION("the report") {
        folder.write("report.json",
                     GENERATE("", "[]", "{}", R"({"silences":7})", R"({"silences":[7]})",
                              R"({"silences":[{"begin_s":2,"end_s":1}]})", R"({"silences":[{"begin_s":-1,"end_s":1}]})",
                              R"({"silences":[{"begin_s":1e300,"end_s":1e300}]})"));
        auto rest = all;
        rest.silences = {};
        CHECK(read_found_inside(folder.path()) == rest);
    }
    SECTION("the waveform") {
        folder.write("waveform.json",
                     GENERATE("", "7", "{}", R"({"interval_s":0,"peaks":[1]})", R"({"interval_s":0.125,"peaks":[101]})",
                              R"({"interval_s":0.125,"peaks":[-1]})", R"({"interval_s":0.125,"peaks":[0.5]})",
                              R"({"peaks":[1]})"));
        auto rest = all;
        rest.waveform = {};
        CHECK(read_found_inside(folder.path()) == rest);
    }
}

TEST_CASE("of a span there is what lies in it, in its own time", "[server]") {
    CHECK(cut_to(all, catalog::Clip(Span{0s, 100s}, {})) == all);
    const auto part = cut_to(all, catalog::Clip(Span{12s, 60s}, {}));
    CHECK(part.chapters.empty());
    CHECK(part.silences == std::vector<Span>{{0s, 8s}, {46s, 48s}});
    CHECK(part.waveform.peaks.empty());
    CHECK(cut_to(all, catalog::Clip(Span{30s, 90s}, {})).chapters == std::vector<Chapter>{{30s, "講演"}});
    CHECK(cut_to(all, catalog::Clip(Span{125ms, 300ms}, {})).waveform.peaks == std::vector<int>{3, 42});
    // What is left out between counts for nothing.
    const auto rest = cut_to(all, catalog::Clip(std::nullopt, {{10s, 15s}, {30s, 50s}}));
    CHECK(rest.chapters == std::vector<Chapter>{{0s, "開会 & 挨拶"}, {35s, "講演"}});
}

TEST_CASE("a long waveform is drawn in few columns, each as high as its highest", "[server]") {
    const FoundInside::Waveform wave{125ms, {1, 9, 2, 3, 4, 8, 7}};
    CHECK(drawn_in(wave, 7) == wave);
    CHECK(drawn_in(wave, 4) == FoundInside::Waveform{250ms, {9, 3, 8, 7}});
    CHECK(drawn_in(wave, 3) == FoundInside::Waveform{375ms, {9, 8, 7}});
    CHECK(drawn_in(wave, 1) == FoundInside::Waveform{875ms, {9}});
    CHECK(drawn_in({}, 10) == FoundInside::Waveform{});
}
