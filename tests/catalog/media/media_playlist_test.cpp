#include "catalog/media/media_playlist.h"
#include "catalog/media/served_playlist.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

using std::chrono::microseconds;

MediaPlaylist three_segments(MediaPlaylist::Age age) {
    MediaPlaylist playlist;
    playlist.age = age;
    playlist.file = "v720.mp4";
    playlist.init = {0, 798};
    playlist.segments = {{microseconds(6'006'000), {798, 600'123}},
                         {microseconds(6'005'999), {600'921, 1}},
                         {microseconds(40'000), {600'922, 77}}};
    return playlist;
}

constexpr const char* growing_file = "#EXTM3U\n"
                                     "#EXT-X-VERSION:6\n"
                                     "#EXT-X-TARGETDURATION:6\n"
                                     "#EXT-X-MEDIA-SEQUENCE:0\n"
                                     "#EXT-X-PLAYLIST-TYPE:EVENT\n"
                                     "#EXT-X-MAP:URI=\"v720.mp4\",BYTERANGE=\"798@0\"\n"
                                     "#EXTINF:6.006000,\n"
                                     "#EXT-X-BYTERANGE:600123@798\n"
                                     "v720.mp4\n"
                                     "#EXTINF:6.005999,\n"
                                     "#EXT-X-BYTERANGE:1@600921\n"
                                     "v720.mp4\n"
                                     "#EXTINF:0.040000,\n"
                                     "#EXT-X-BYTERANGE:77@600922\n"
                                     "v720.mp4\n";

constexpr const char* ended_served = "#EXTM3U\n"
                                     "#EXT-X-VERSION:6\n"
                                     "#EXT-X-TARGETDURATION:6\n"
                                     "#EXT-X-MEDIA-SEQUENCE:0\n"
                                     "#EXT-X-PLAYLIST-TYPE:VOD\n"
                                     "#EXT-X-MAP:URI=\"init.mp4\"\n"
                                     "#EXTINF:6.006000,\n"
                                     "0.m4s\n"
                                     "#EXTINF:6.005999,\n"
                                     "1.m4s\n"
                                     "#EXTINF:0.040000,\n"
                                     "2.m4s\n"
                                     "#EXT-X-ENDLIST\n";

MediaPlaylist three_i_frames() {
    MediaPlaylist playlist;
    playlist.content = MediaPlaylist::Content::i_frames;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.target_duration = 2;
    playlist.file = "v360.mp4";
    playlist.init = {0, 798};
    playlist.segments = {{microseconds(2'002'000), {798, 12'345}},
                         {microseconds(2'002'000), {60'921, 777}},
                         {microseconds(1'040'000), {90'000, 1'234}}};
    return playlist;
}

constexpr const char* i_frames_file = "#EXTM3U\n"
                                      "#EXT-X-VERSION:5\n"
                                      "#EXT-X-TARGETDURATION:2\n"
                                      "#EXT-X-MEDIA-SEQUENCE:0\n"
                                      "#EXT-X-PLAYLIST-TYPE:VOD\n"
                                      "#EXT-X-I-FRAMES-ONLY\n"
                                      "#EXT-X-MAP:URI=\"v360.mp4\",BYTERANGE=\"798@0\"\n"
                                      "#EXTINF:2.002000,\n"
                                      "#EXT-X-BYTERANGE:12345@798\n"
                                      "v360.mp4\n"
                                      "#EXTINF:2.002000,\n"
                                      "#EXT-X-BYTERANGE:777@60921\n"
                                      "v360.mp4\n"
                                      "#EXTINF:1.040000,\n"
                                      "#EXT-X-BYTERANGE:1234@90000\n"
                                      "v360.mp4\n"
                                      "#EXT-X-ENDLIST\n";

constexpr const char* i_frames_served = "#EXTM3U\n"
                                        "#EXT-X-VERSION:5\n"
                                        "#EXT-X-TARGETDURATION:2\n"
                                        "#EXT-X-MEDIA-SEQUENCE:7\n"
                                        "#EXT-X-PLAYLIST-TYPE:VOD\n"
                                        "#EXT-X-I-FRAMES-ONLY\n"
                                        "#EXT-X-MAP:URI=\"init.mp4\"\n"
                                        "#EXTINF:2.002000,\n"
                                        "i7.m4s\n"
                                        "#EXTINF:2.002000,\n"
                                        "i8.m4s\n"
                                        "#EXTINF:1.040000,\n"
                                        "i9.m4s\n"
                                        "#EXT-X-ENDLIST\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string ended_file() {
    return with(growing_file, "EVENT", "VOD") + "#EXT-X-ENDLIST\n";
}

} // namespace

TEST_CASE("a growing playlist's file is an event without an end", "[catalog]") {
    CHECK(to_file_text(three_segments(MediaPlaylist::Age::growing)) == growing_file);
}

TEST_CASE("an ended playlist's file is VOD and ends", "[catalog]") {
    CHECK(to_file_text(three_segments(MediaPlaylist::Age::ended)) == ended_file());
}

TEST_CASE("the served playlist names whole resources", "[catalog]") {
    CHECK(to_served_text(three_segments(MediaPlaylist::Age::ended)) == ended_served);
    const std::string growing = with(with(ended_served, "VOD", "EVENT"), "#EXT-X-ENDLIST\n", "");
    CHECK(to_served_text(three_segments(MediaPlaylist::Age::growing)) == growing);
}

TEST_CASE("served segments are numbered from the playlist's first number on", "[catalog]") {
    MediaPlaylist playlist = three_segments(MediaPlaylist::Age::growing);
    playlist.first_number = 17;
    const std::string text = to_served_text(playlist);
    CHECK(text.find("#EXT-X-MEDIA-SEQUENCE:17\n") != std::string::npos);
    CHECK(text.find("17.m4s\n#EXTINF:6.005999,\n18.m4s\n") != std::string::npos);
}

TEST_CASE("a playlist of I-frames alone says so, in its file and as it is served", "[catalog]") {
    MediaPlaylist playlist = three_i_frames();
    CHECK(to_file_text(playlist) == i_frames_file);
    CHECK(parse_file_text(i_frames_file).value() == playlist);
    playlist.first_number = 7;
    CHECK(to_served_text(playlist) == i_frames_served);
}

TEST_CASE("a playlist of I-frames that the writer would not write is refused", "[catalog]") {
    const auto change = GENERATE(table<std::string, std::string>({
        {"VERSION:5", "VERSION:6"},
        {"#EXT-X-I-FRAMES-ONLY\n", ""},
        {"#EXT-X-I-FRAMES-ONLY\n", "#EXT-X-I-FRAMES-ONLY\n#EXT-X-I-FRAMES-ONLY\n"},
        {"#EXT-X-ENDLIST\n", ""},
    }));
    INFO(std::get<0>(change) << " becomes " << std::get<1>(change));
    CHECK(parse_file_text(with(i_frames_file, std::get<0>(change), std::get<1>(change)))
              .has_error());
}

TEST_CASE("appended lines make the file that is written at once", "[catalog]") {
    const MediaPlaylist whole = three_segments(MediaPlaylist::Age::growing);
    MediaPlaylist empty = whole;
    empty.segments.clear();
    std::string text = to_file_text(empty);
    for (const Segment& segment : whole.segments) {
        text += to_file_lines(whole.file, segment);
    }
    CHECK(text == growing_file);
}

TEST_CASE("a file's text is read back as the playlist that it was", "[catalog]") {
    const auto age = GENERATE(MediaPlaylist::Age::growing, MediaPlaylist::Age::ended);
    MediaPlaylist playlist = three_segments(age);
    playlist.target_duration = 10;
    playlist.first_number = 3;
    CHECK(parse_file_text(to_file_text(playlist)).value() == playlist);
    playlist.segments.clear();
    CHECK(parse_file_text(to_file_text(playlist)).value() == playlist);
}

TEST_CASE("a growing file cut off at any byte gives the whole triples before it", "[catalog]") {
    const MediaPlaylist whole = three_segments(MediaPlaylist::Age::growing);
    const std::string text = growing_file;
    std::vector<std::size_t> ends; // where the header and each triple end
    MediaPlaylist written = whole;
    written.segments.clear();
    ends.push_back(to_file_text(written).size());
    for (const Segment& segment : whole.segments) {
        ends.push_back(ends.back() + to_file_lines(whole.file, segment).size());
    }
    REQUIRE(ends.back() == text.size());
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        INFO("cut at byte " << cut);
        const auto read = parse_file_text(text.substr(0, cut));
        if (cut < ends.front()) {
            REQUIRE(read.has_error());
            CHECK(read.error().kind == Refusal::invalid);
            continue;
        }
        MediaPlaylist expected = whole;
        std::size_t count = 0;
        while (count < whole.segments.size() && ends[count + 1] <= cut) {
            ++count;
        }
        expected.segments.resize(count);
        REQUIRE(read.has_value());
        CHECK(*read == expected);
    }
}

TEST_CASE("zeros that a power cut left behind the last triple are as if not there", "[catalog]") {
    const auto read = parse_file_text(growing_file + std::string(4096, '\0'));
    CHECK(read.value() == three_segments(MediaPlaylist::Age::growing));
}

TEST_CASE("an ended file that misses any of its end is refused", "[catalog]") {
    const std::string text = ended_file();
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        INFO("cut at byte " << cut);
        CHECK(parse_file_text(text.substr(0, cut)).has_error());
    }
    CHECK(parse_file_text(text + "#EXTINF:6.000000,\n").has_error());
}

TEST_CASE("what the writer would not write is refused", "[catalog]") {
    const auto change = GENERATE(table<std::string, std::string>({
        {"#EXTM3U", "\xEF\xBB\xBF#EXTM3U"},
        {"#EXTM3U\n", "#EXTM3U\r\n"},
        {"VERSION:6", "VERSION:7"},
        {"TARGETDURATION:6", "TARGETDURATION:0"},
        {"TARGETDURATION:6", "TARGETDURATION:06"},
        {"TARGETDURATION:6", "TARGETDURATION:6.5"},
        {"SEQUENCE:0", "SEQUENCE:-1"},
        {"EVENT", "LIVE"},
        {"798@0\"", "798\""},
        {"798@0\"", "798@0"},
        {"URI=\"v720.mp4\"", "URI=\"v360.mp4\""},
        {"URI=\"v720.mp4\"", "URI=\"\""},
        {"6.006000", "6.006"},
        {"6.006000", "6.00600x"},
        {"6.006000", "-6.006000"},
        {"600123@798", "600123"},
        {"600123@798", "18446744073709551615@798"},
        {"600123@798", "99999999999999999999@798"},
        {"#EXTINF:6.006000,", "#EXTINF:99999999999999.000000,"},
        {"#EXTINF:6.005999,\n", "#EXT-X-DISCONTINUITY\n#EXTINF:6.005999,\n"},
    }));
    INFO(std::get<0>(change) << " becomes " << std::get<1>(change));
    const auto read = parse_file_text(with(growing_file, std::get<0>(change), std::get<1>(change)));
    REQUIRE(read.has_error());
    CHECK(read.error().kind == Refusal::invalid);
}

TEST_CASE("durations that add up print without drift", "[catalog]") {
    // 30000/1001 frames a second: 180 frames last 6.006 s, and a third of a microsecond must not
    // be lost a thousand times over.
    MediaPlaylist playlist;
    playlist.file = "v720.mp4";
    microseconds before{0};
    for (std::int64_t i = 1; i <= 1000; ++i) {
        const microseconds at(i * 7 * 1001 * 1'000'000 / 30'000);
        playlist.segments.push_back({at - before, {}});
        before = at;
    }
    CHECK(playlist.duration() == microseconds(233'566'666));
}

} // namespace catalog::media
