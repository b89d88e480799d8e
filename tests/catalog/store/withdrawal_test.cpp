#include "catalog/media/withdrawn_file.h"
#include "catalog/store/check.h"
#include "catalog/store/search.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const VideoId lecture("lec-01");
const VideoId clip("lec-02");

/// A lecture of 100 s and a clip of it, each with chapters and captions.
struct Site : Sample {
    Site() {
        auto made = sample_recording();
        made.duration = 100s;
        made.state = Recording::State::ready;
        made.source = "source.mp4";
        made.source_bytes = 5;
        catalog.recordings.add(made);
        auto video = sample_video();
        video.recording = made.id;
        video.published = true;
        video.audience = Audience::everybody;
        video.chapters = {{0s, "開会"}, {12s, "講演"}, {55s, "質疑"}};
        catalog.videos.put(video);
        catalog.captions.put({lecture, "ja", "日本語",
                              {{8s, 14s, "それでは始めます"}, {38s, 42s, "撤回した発言"}, {42s, 45s, "続けます"}}});
        catalog.clips.copy(lecture, clip, "抜粋");
        catalog.clips.set(clip, {Span{0s, 40s}, {}});
    }

    WithdrawnSpan withdrawn(Span span, const std::string& id = "first") {
        return {WithdrawnSpanId(id),     recording(),           span, WithdrawnSpan::Lost::sound, "本人の申し出",
                AccountId("jimukyoku"), day_one, WithdrawnSpan::State::withheld};
    }

    RecordingId recording() { return *catalog.videos.find(lecture)->recording; }

    std::vector<std::string> said(const VideoId& video) {
        std::vector<std::string> texts;
        const auto track = catalog.captions.find(video, "ja");
        for (const auto& cue : track ? track->cues : std::vector<Cue>{})
            texts.push_back(cue.text);
        return texts;
    }

    std::size_t found(const std::string& words) {
        return store::search(catalog, ::catalog::search::SearchQuery(words), Viewer{}, day_one, {}).found.size();
    }
};

} // namespace

TEST_CASE("what was withdrawn is kept with who, why and when, in its order", "[store]") {
    Site site;
    const auto first = site.withdrawn({38s, 41s});
    const auto second = site.withdrawn({1s, 2s}, "another");
    site.catalog.withdrawals.add(first);
    site.catalog.withdrawals.add(second);
    CHECK(site.catalog.withdrawals.all() == std::vector{first, second});
    CHECK(site.catalog.withdrawals.of_recording(site.recording()) == std::vector{first, second});
    CHECK(site.catalog.withdrawals.of_recording(RecordingId("other")).empty());
    site.catalog.withdrawals.set_removed({first.id});
    CHECK(site.catalog.withdrawals.all().front().state == WithdrawnSpan::State::removed);
    CHECK(site.catalog.withdrawals.all().back().state == WithdrawnSpan::State::withheld);
    CHECK(site.catalog.recordings.find(site.recording())->source.empty());
}

TEST_CASE("texts of a withdrawn span are gone from every video of the recording, and from search", "[store]") {
    Site site;
    REQUIRE(site.found("撤回した発言") == 1);
    const Span span{39s, 41s};
    // Of the lecture, of the clip, and of what the clip does not show.
    CHECK(site.catalog.withdrawals.texts_in(site.recording(), span) == WithdrawalStore::Texts{3, 0});
    CHECK(site.catalog.withdrawals.add(site.withdrawn(span)) == WithdrawalStore::Texts{3, 0});
    CHECK(site.said(lecture) == std::vector<std::string>{"それでは始めます", "続けます"});
    CHECK(site.said(clip) == std::vector<std::string>{"それでは始めます"});
    CHECK(site.found("撤回した発言") == 0);
    CHECK(site.found("続けます") == 1);
    site.catalog.clips.set(clip, {});
    CHECK(site.said(clip) == std::vector<std::string>{"それでは始めます", "続けます"});
    CHECK(site.catalog.broken_rows().empty());
}

TEST_CASE("a chapter that begins in a withdrawn span goes, one that goes on through it stays", "[store]") {
    Site site;
    CHECK(site.catalog.withdrawals.add(site.withdrawn({55s, 56s})) == WithdrawalStore::Texts{0, 2});
    CHECK(site.catalog.videos.find(lecture)->chapters == std::vector<Chapter>{{0s, "開会"}, {12s, "講演"}});
    site.catalog.clips.set(clip, {});
    CHECK(site.catalog.videos.find(clip)->chapters == std::vector<Chapter>{{0s, "開会"}, {12s, "講演"}});
    CHECK(site.found("質疑") == 0);
}

TEST_CASE("captions that are put in later say nothing of what was withdrawn", "[store]") {
    Site site;
    site.catalog.withdrawals.add(site.withdrawn({39s, 41s}));
    site.catalog.clips.set(clip, {Span{30s, 50s}, {}});
    site.catalog.captions.put({clip, "ja", "日本語", {{0s, 5s, "前"}, {8s, 10s, "撤回した発言"}, {11s, 12s, "後"}}});
    CHECK(site.said(clip) == std::vector<std::string>{"前", "後"});
    site.catalog.captions.replace_cues({lecture, "ja", "日本語", {{41s, 42s, "後"}, {40s, 41s, "撤回した発言"}}});
    CHECK(site.said(lecture) == std::vector<std::string>{"後"});
}

TEST_CASE("the words of a withdrawn span stand nowhere in the catalog's file any more", "[store]") {
    // What a table has deleted stays in free pages of the file, and what an index has in its older parts.
    test::TemporaryFolder kept;
    Site site;
    const auto withdrawn = site.withdrawn({39s, 41s});
    site.catalog.withdrawals.add(withdrawn);
    site.catalog.withdrawals.set_removed({withdrawn.id});
    site.catalog.copy_to(kept / "copy");
    const auto bytes = kept.read("copy");
    CHECK(bytes.find("続けます") != std::string::npos);
    CHECK(bytes.find("撤回した発言") == std::string::npos);
    // Pairs of letters are what is indexed: 撤回 stands in nothing else.
    CHECK(bytes.find("撤回") == std::string::npos);
}

TEST_CASE("a recording's withdrawals go with it", "[store]") {
    Site site;
    site.catalog.withdrawals.add(site.withdrawn({39s, 41s}));
    const auto recording = site.recording();
    CHECK(site.catalog.videos.remove(lecture).has_value());
    CHECK(site.catalog.videos.remove(clip).has_value());
    CHECK(site.catalog.recordings.remove(recording).has_value());
    CHECK(site.catalog.withdrawals.all().empty());
}

TEST_CASE("a span that cannot be withdrawn is refused in a sentence", "[catalog]") {
    for (const auto& span : {Span{-1s, 5s}, Span{5s, 5s}, Span{6s, 5s}, Span{100s, 101s}, Span{5000ms, 5050ms}}) {
        const auto checked = checked_withdrawal(span, 100s);
        REQUIRE(checked.has_error());
        CHECK(checked.error().kind == Refusal::invalid);
        CHECK(checked.error().message.ends_with("。"));
    }
    CHECK(checked_withdrawal({5s, 200s}, 100s).value() == Span{5s, 100s});
    CHECK(checked_withdrawal({0s, 100ms}, 100s).value() == Span{0s, 100ms});
}

TEST_CASE("a folder tells which spans were withdrawn from it", "[catalog]") {
    const test::TemporaryFolder folder;
    CHECK(media::withdrawn_from(folder.path()).empty());
    WithdrawnSpan one;
    one.id = WithdrawnSpanId("one");
    one.span = {1500ms, 2s};
    folder.write(media::withdrawn_file, media::to_withdrawn_file(std::vector{one}));
    CHECK(folder.read(media::withdrawn_file) ==
          "[\n {\n  \"id\": \"one\",\n  \"begin_s\": 1.5,\n  \"end_s\": 2.0,\n  \"lost\": \"picture_and_sound\"\n }\n]\n");
    CHECK(media::withdrawn_from(folder.path()) == std::set{WithdrawnSpanId("one")});
    folder.write(media::withdrawn_file, "[3,{\"id\":4}, {");
    CHECK(media::withdrawn_from(folder.path()).empty());
}
