#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

namespace catalog::store {

using namespace std::chrono_literals;

TEST_CASE("captions are replaced by language", "[store]") {
    Sample sample;
    sample.catalog.videos.put(sample_video());
    CaptionTrack track{sample_video().id, "ja", "日本語", {{0ms, 6s, "一"}, {6s, 7s, "二"}}};
    sample.catalog.captions.put(track);
    track.cues.pop_back();
    sample.catalog.captions.put(track);
    sample.catalog.captions.put({sample_video().id, "en", "English", {}});
    CHECK(sample.catalog.captions.find(track.video, "ja") == track);
    const auto tracks = sample.catalog.captions.tracks_of(track.video);
    REQUIRE(tracks.size() == 2);
    CHECK(tracks[0].label == "English");
    CHECK(tracks[1].cues.empty());
    CHECK_FALSE(sample.catalog.captions.find(track.video, "fr").has_value());
    using Summary = store::CaptionStore::Summary;
    CHECK(sample.catalog.captions.summaries_of(track.video) ==
          std::vector<Summary>{{"en", "English", 0}, {"ja", "日本語", 1}});
    REQUIRE(sample.catalog.captions.remove(track.video, "ja").has_value());
    CHECK(sample.catalog.captions.summaries_of(track.video) ==
          std::vector<Summary>{{"en", "English", 0}});
    CHECK(sample.catalog.captions.remove(track.video, "ja").error().kind == Refusal::not_found);
}

TEST_CASE("captions found inside a recording give way to those of the secretariat, never the other way",
          "[store]") {
    Sample sample;
    sample.catalog.videos.put(sample_video());
    auto& captions = sample.catalog.captions;
    using Added = store::CaptionStore::Added;
    using Summary = store::CaptionStore::Summary;
    const CaptionTrack by_hand{sample_video().id, "ja", "日本語", {{0ms, 6s, "一"}}};
    const CaptionTrack found{sample_video().id, "ja", "日本語", {{0ms, 1s, "いち"}, {1s, 2s, "に"}}};
    const CaptionTrack english{sample_video().id, "en", "English", {{0ms, 1s, "one"}}};

    captions.put(by_hand);
    CHECK(captions.put_found(found) == Added::no);
    CHECK(captions.put_found(english) == Added::yes);
    CHECK(captions.summaries_of(by_hand.video) ==
          std::vector<Summary>{{"en", "English", 1, true}, {"ja", "日本語", 1, false}});
    captions.remove_found(by_hand.video);
    CHECK(captions.summaries_of(by_hand.video) == std::vector<Summary>{{"ja", "日本語", 1, false}});

    // What somebody has changed is theirs.
    CHECK(captions.put_found(english) == Added::yes);
    captions.put(english);
    captions.remove_found(by_hand.video);
    CHECK(captions.summaries_of(by_hand.video) ==
          std::vector<Summary>{{"en", "English", 1, false}, {"ja", "日本語", 1, false}});
}

} // namespace catalog::store
