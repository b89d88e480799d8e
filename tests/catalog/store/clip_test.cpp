#include "catalog/store/import_into.h"
#include "catalog/store/search.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

const VideoId lecture("lec-01");

/// A lecture of 100 s with chapters and captions all through it.
struct Site : Sample {
    Site() {
        auto recording = sample_recording();
        recording.duration = 100s;
        recording.state = Recording::State::ready;
        catalog.recordings.add(recording);
        auto video = sample_video();
        video.recording = recording.id;
        video.published = true;
        video.audience = Audience::everybody;
        video.chapters = {{0s, "開会"}, {12s, "講演"}, {55s, "休憩"}, {70s, "質疑"}};
        catalog.videos.put(video);
        catalog.captions.put(whole_track());
    }

    static CaptionTrack whole_track() {
        return {lecture, "ja", "日本語",
                {{1s, 4s, "マイクの確認です"}, {8s, 14s, "それでは始めます"},
                 {38s, 42s, "ここで休憩します"}, {50s, 52s, "控室の会話"},
                 {62s, 65s, "再開します"}, {98s, 100s, "終わりました"}}};
    }

    std::vector<Cue> cues() { return catalog.captions.find(lecture, "ja")->cues; }
    std::vector<Chapter> chapters() { return catalog.videos.find(lecture)->chapters; }
    /// Moments in which something is said, as anybody finds them.
    std::vector<milliseconds> moments(const std::string& words) {
        std::vector<milliseconds> all;
        const Viewer anybody;
        for (const auto& found :
             store::search(this->catalog, ::catalog::search::SearchQuery(words), anybody, day_one, {}).found) {
            for (const auto& moment : found.moments) {
                all.push_back(moment.at);
            }
        }
        return all;
    }
};

} // namespace

TEST_CASE("chapters and captions stay where they are in the recording when it is cut", "[store]") {
    Site site;
    const auto chapters = site.chapters();
    site.catalog.clips.set(lecture, {Span{10s, 99s}, {{40s, 60s}}});
    const auto video = site.catalog.videos.find(lecture);
    CHECK(video->span == Span{10s, 99s});
    CHECK(video->cuts == std::vector<Span>{{40s, 60s}});
    CHECK(site.chapters() == std::vector<Chapter>{{2s, "講演"}, {40s, "質疑"}});
    CHECK(site.cues() == std::vector<Cue>{{0s, 4s, "それでは始めます"},
                                          {28s, 30s, "ここで休憩します"},
                                          {32s, 35s, "再開します"},
                                          {68s, 69s, "終わりました"}});
    SECTION("and are all there again when all of it is shown") {
        site.catalog.clips.set(lecture, {});
        CHECK(site.chapters() == chapters);
        CHECK(site.cues() == Site::whole_track().cues);
    }
    SECTION("and with another clip") {
        site.catalog.clips.set(lecture, {Span{45s, 64s}, {}});
        CHECK(site.chapters() == std::vector<Chapter>{{10s, "休憩"}});
        CHECK(site.cues() == std::vector<Cue>{{5s, 7s, "控室の会話"}, {17s, 19s, "再開します"}});
    }
    SECTION("also those that were edited meanwhile") {
        auto track = *site.catalog.captions.find(lecture, "ja");
        track.cues.back().text = "終わりです";
        site.catalog.captions.put(track);
        site.catalog.clips.set(lecture, {});
        CHECK(site.cues().size() == 7);
        CHECK(site.cues()[5] == Cue{98s, 99s, "終わりです"});
        CHECK(site.cues()[6] == Cue{99s, 100s, "終わりました"});
    }
    SECTION("and go with their track") {
        REQUIRE(site.catalog.captions.remove(lecture, "ja").has_value());
        site.catalog.clips.set(lecture, {});
        CHECK(site.catalog.captions.tracks_of(lecture).empty());
    }
}

TEST_CASE("a search finds nothing of what a video leaves out", "[store]") {
    Site site;
    CHECK(site.moments("控室") == std::vector<milliseconds>{50s});
    site.catalog.clips.set(lecture, {Span{10s, 99s}, {{40s, 60s}}});
    CHECK(site.moments("控室").empty());
    CHECK(site.moments("マイク").empty());
    CHECK(site.moments("再開") == std::vector<milliseconds>{32s});
    site.catalog.clips.set(lecture, {});
    CHECK(site.moments("控室") == std::vector<milliseconds>{50s});
}

TEST_CASE("places and questions stay where they are in the recording", "[store]") {
    Site site;
    Account account;
    account.id = AccountId("person");
    account.name = "山田";
    account.role = Role::secretariat;
    REQUIRE(site.catalog.accounts.add(account, "hash").has_value());
    site.catalog.places.put(account.id, lecture, 70s);
    site.catalog.clips.set(lecture, {Span{10s, 99s}, {{40s, 60s}}});
    CHECK(site.catalog.places.find(account.id, lecture) == 40s);
    site.catalog.clips.set(lecture, {});
    CHECK(site.catalog.places.find(account.id, lecture) == 70s);
    site.catalog.clips.set(lecture, {Span{80s, 99s}, {}});
    CHECK_FALSE(site.catalog.places.find(account.id, lecture));
}

TEST_CASE("another video of a recording brings along what is known of it", "[store]") {
    Site site;
    site.catalog.clips.set(lecture, {Span{60s, 100s}, {}});
    const VideoId second("second");
    site.catalog.clips.copy(lecture, second, "共通の部分");
    const auto made = site.catalog.videos.find(second);
    REQUIRE(made);
    CHECK(made->title == "共通の部分");
    CHECK_FALSE(made->published);
    CHECK(made->recording == site.catalog.videos.find(lecture)->recording);
    CHECK(made->span == Span{60s, 100s});
    site.catalog.clips.set(second, {Span{0s, 40s}, {}});
    CHECK(site.catalog.videos.find(second)->chapters ==
          std::vector<Chapter>{{0s, "開会"}, {12s, "講演"}});
    CHECK(site.catalog.captions.find(second, "ja")->cues.front() == Cue{1s, 4s, "マイクの確認です"});
    // The first one is as it was.
    CHECK(site.chapters() == std::vector<Chapter>{{10s, "質疑"}});
    CHECK(site.cues().front() == Cue{2s, 5s, "再開します"});
    // The recording stays until the last of them is gone.
    REQUIRE(site.catalog.videos.remove(lecture).has_value());
    CHECK_FALSE(site.catalog.recordings.remove(RecordingId("rec")).has_value());
    REQUIRE(site.catalog.videos.remove(second).has_value());
    CHECK(site.catalog.recordings.remove(RecordingId("rec")).has_value());
}

TEST_CASE("another recording is shown whole", "[store]") {
    Site site;
    site.catalog.clips.set(lecture, {Span{10s, 90s}, {{40s, 60s}}});
    auto other = sample_recording("other");
    other.duration = 50s;
    site.catalog.recordings.add(other);
    site.catalog.videos.set_recording(lecture, other.id);
    const auto video = site.catalog.videos.find(lecture);
    CHECK_FALSE(video->span);
    CHECK(video->cuts.empty());
    site.catalog.clips.set(lecture, {Span{0s, 50s}, {}});
    CHECK(site.cues().front().text == "それでは始めます");
}

TEST_CASE("an import keeps what the desk has cut out of a recording", "[store]") {
    Site site;
    site.catalog.clips.set(lecture, {Span{10s, 90s}, {{40s, 60s}}});
    auto again = sample_video();
    again.chapters = {{0s, "開会"}, {12s, "講演"}};
    ImportedCatalog imported;
    imported.videos = {again};
    import_into(site.catalog, imported);
    const auto video = site.catalog.videos.find(lecture);
    CHECK(video->span == Span{10s, 90s});
    CHECK(video->cuts == std::vector<Span>{{40s, 60s}});
    CHECK(video->chapters == std::vector<Chapter>{{2s, "講演"}, {40s, "質疑"}});
}
