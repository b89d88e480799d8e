#include "catalog/media/served_playlist.h"
#include "catalog/media/withdrawal.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::media;
using namespace std::chrono_literals;

namespace {

MediaPlaylist track(const std::string& name) {
    MediaPlaylist playlist;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.file = name + ".mp4";
    playlist.init = {0, 100};
    for (std::uint64_t number = 0; number < 4; ++number)
        playlist.segments.push_back({6s, {100 + 1000 * number, 1000}});
    return playlist;
}

WithdrawnSpan withdrawn(Span span, WithdrawnSpan::Lost lost, WithdrawnSpan::State state) {
    WithdrawnSpan made;
    made.span = span;
    made.lost = lost;
    made.state = state;
    return made;
}

using enum WithdrawnSpan::Lost;
using enum WithdrawnSpan::State;
using Places = std::vector<std::size_t>;

} // namespace

TEST_CASE("a span takes from the segments that it lies in, of sound from those whose windows reach it", "[media]") {
    const auto whole = track("v360");
    const auto places = [&whole](Span span, WithdrawnSpan::Lost lost, TrackKind kind) {
        return touched(whole, std::vector{withdrawn(span, lost, withheld)}, kind);
    };
    CHECK(places({6s, 12s}, picture_and_sound, TrackKind::picture) == Places{1});
    CHECK(places({6s, 12s}, picture_and_sound, TrackKind::sound) == Places{0, 1, 2});
    CHECK(places({6100ms, 11900ms}, sound, TrackKind::sound) == Places{1});
    CHECK(places({6100ms, 11900ms}, sound, TrackKind::picture).empty());
    CHECK(places({5999ms, 18001ms}, picture_and_sound, TrackKind::picture) == Places{0, 1, 2, 3});
    CHECK(track_kind_of("a64") == TrackKind::sound);
    CHECK(track_kind_of("v720slides") == TrackKind::picture);
}

TEST_CASE("what is withheld is a gap, and what was made anew has another address", "[media]") {
    auto playlist = track("v360");
    const std::vector spans{withdrawn({7s, 8s}, picture_and_sound, removed), withdrawn({8s, 9s}, sound, removed),
                            withdrawn({11s, 13s}, picture_and_sound, removed),
                            withdrawn({19s, 20s}, picture_and_sound, withheld)};
    revise(playlist, spans, TrackKind::picture);
    const std::string header = "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
                               "#EXT-X-PLAYLIST-TYPE:VOD\n";
    CHECK(to_served_text(playlist) == header + "#EXT-X-MAP:URI=\"init-r2.mp4\"\n"
                                               "#EXTINF:6.000000,\n0.m4s\n"
                                               "#EXTINF:6.000000,\n1-r2.m4s\n"
                                               "#EXTINF:6.000000,\n2-r1.m4s\n"
                                               "#EXT-X-GAP\n#EXTINF:6.000000,\n3.m4s\n"
                                               "#EXT-X-ENDLIST\n");
    auto sounds = track("a64");
    revise(sounds, spans, TrackKind::sound);
    CHECK(to_served_text(sounds) == header + "#EXT-X-MAP:URI=\"init.mp4\"\n"
                                             "#EXTINF:6.000000,\n0.m4s\n"
                                             "#EXTINF:6.000000,\n1-r3.m4s\n"
                                             "#EXTINF:6.000000,\n2-r1.m4s\n"
                                             "#EXT-X-GAP\n#EXTINF:6.000000,\n3.m4s\n"
                                             "#EXT-X-ENDLIST\n");
    // On the disk there is one form, whatever became of it.
    CHECK(to_file_text(playlist) == to_file_text(track("v360")));
}
