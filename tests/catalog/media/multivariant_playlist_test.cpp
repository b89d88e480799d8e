#include "catalog/media/multivariant_playlist.h"

#include <catch2/catch.hpp>

namespace catalog::media {

namespace {

MultivariantPlaylist lecture() {
    return {
        {{"a64", "ja", "日本語", 2, AudioRendition::Choice::standard},
         {"a64en", "en", "English (interpretation)", 1, AudioRendition::Choice::alternative}},
        {{"v720", {1'264'000, 901'234}, "avc1.64001F,mp4a.40.2", {{1280, 720, "29.970"}}},
         {"v360", {264'001, 190'000}, "avc1.64001E,mp4a.40.2", {{640, 360, "9.990"}}}},
    };
}

constexpr const char* lecture_file =
    "#EXTM3U\n"
    "#EXT-X-VERSION:1\n"
    "#EXT-X-INDEPENDENT-SEGMENTS\n"
    "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"日本語\",LANGUAGE=\"ja\",DEFAULT=YES,"
    "AUTOSELECT=YES,CHANNELS=\"2\",URI=\"a64.m3u8\"\n"
    "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"English (interpretation)\",LANGUAGE=\"en\","
    "DEFAULT=NO,AUTOSELECT=YES,CHANNELS=\"1\",URI=\"a64en.m3u8\"\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=1264000,AVERAGE-BANDWIDTH=901234,"
    "CODECS=\"avc1.64001F,mp4a.40.2\",RESOLUTION=1280x720,FRAME-RATE=29.970,VIDEO-RANGE=SDR,"
    "AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n"
    "v720.m3u8\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=264001,AVERAGE-BANDWIDTH=190000,"
    "CODECS=\"avc1.64001E,mp4a.40.2\",RESOLUTION=640x360,FRAME-RATE=9.990,VIDEO-RANGE=SDR,"
    "AUDIO=\"audio\",CLOSED-CAPTIONS=NONE\n"
    "v360.m3u8\n";

MultivariantPlaylist lecture_with_i_frames() {
    MultivariantPlaylist playlist = lecture();
    playlist.i_frames = IFrameStream{"v360", {48'123, 31'000}, "avc1.64001E", 640, 360};
    return playlist;
}

constexpr const char* i_frames_line =
    "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=48123,AVERAGE-BANDWIDTH=31000,CODECS=\"avc1.64001E\","
    "RESOLUTION=640x360,URI=\"v360-iframes.m3u8\"\n";

constexpr const char* sound_served =
    "#EXTM3U\n"
    "#EXT-X-VERSION:1\n"
    "#EXT-X-INDEPENDENT-SEGMENTS\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=66000,AVERAGE-BANDWIDTH=64000,CODECS=\"mp4a.40.2\","
    "CLOSED-CAPTIONS=NONE\n"
    "a64/index.m3u8\n";

MultivariantPlaylist sound_alone() {
    return {{}, {{"a64", {66'000, 64'000}, "mp4a.40.2", std::nullopt}}};
}

MultivariantPlaylist without_sound() {
    return {{}, {{"v480", {480'000, 400'000}, "avc1.64001E", {{854, 480, "2.000"}}}}};
}

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("main.m3u8 names every variant and sound with all that the rules ask for", "[catalog]") {
    CHECK(to_file_text(lecture()) == lecture_file);
}

TEST_CASE("the served form differs from the file in addresses alone", "[catalog]") {
    std::string expected = lecture_file;
    for (const std::string name : {"a64", "a64en", "v720", "v360"}) {
        expected = with(expected, name + ".m3u8", name + "/index.m3u8");
    }
    CHECK(to_served_text(lecture()) == expected);
}

TEST_CASE("I-frames are listed behind the variants", "[catalog]") {
    std::string file = lecture_file;
    file += i_frames_line;
    CHECK(to_file_text(lecture_with_i_frames()) == file);
    CHECK(to_served_text(lecture_with_i_frames()) ==
          to_served_text(lecture()) +
              with(i_frames_line, "v360-iframes.m3u8", "v360/iframes.m3u8"));
}

TEST_CASE("I-frames that the writer would not list are refused", "[catalog]") {
    const auto change = GENERATE(table<std::string, std::string>({
        {"BANDWIDTH=48123", "BANDWIDTH=x"},
        {"RESOLUTION=640x360,", ""},
        {"v360-iframes.m3u8", "v360.m3u8"},
        {"URI=", "FRAME-RATE=1.000,URI="},
    }));
    INFO(std::get<0>(change) << " becomes " << std::get<1>(change));
    const std::string file = lecture_file;
    CHECK(parse_multivariant_file_text(
              file + with(i_frames_line, std::get<0>(change), std::get<1>(change)))
              .has_error());
    CHECK(parse_multivariant_file_text(i_frames_line + file).has_error());
    CHECK(parse_multivariant_file_text(file + i_frames_line + i_frames_line).has_error());
}

TEST_CASE("sound alone has no picture's attributes and no group", "[catalog]") {
    CHECK(to_served_text(sound_alone()) == sound_served);
}

TEST_CASE("a recording without sound names no audio group", "[catalog]") {
    CHECK(to_file_text(without_sound()) ==
          "#EXTM3U\n#EXT-X-VERSION:1\n#EXT-X-INDEPENDENT-SEGMENTS\n"
          "#EXT-X-STREAM-INF:BANDWIDTH=480000,AVERAGE-BANDWIDTH=400000,CODECS=\"avc1.64001E\","
          "RESOLUTION=854x480,FRAME-RATE=2.000,VIDEO-RANGE=SDR,CLOSED-CAPTIONS=NONE\n"
          "v480.m3u8\n");
}

TEST_CASE("a multivariant file is read back as the playlist that it was", "[catalog]") {
    for (const auto& playlist :
         {lecture(), lecture_with_i_frames(), sound_alone(), without_sound()}) {
        CHECK(parse_multivariant_file_text(to_file_text(playlist)).value() == playlist);
    }
}

TEST_CASE("names from people cannot break out of their quotes", "[catalog]") {
    MultivariantPlaylist playlist = lecture();
    playlist.audio.resize(1);
    playlist.audio[0].name = "床\"\n#EXT-X-ENDLIST,URI=\"evil";
    const std::string text = to_file_text(playlist);
    CHECK(text.find("NAME=\"床' #EXT-X-ENDLIST,URI='evil\",") != std::string::npos);
    CHECK(parse_multivariant_file_text(text).value().audio[0].name ==
          "床' #EXT-X-ENDLIST,URI='evil");
}

TEST_CASE("at most one sound is the default", "[catalog]") {
    MultivariantPlaylist playlist = lecture();
    playlist.audio[1].choice = AudioRendition::Choice::standard;
    CHECK(to_file_text(playlist) == lecture_file);
}

TEST_CASE("a sound of unknown language says so", "[catalog]") {
    MultivariantPlaylist playlist = lecture();
    playlist.audio[0].language.clear();
    CHECK(to_file_text(playlist).find("LANGUAGE=\"und\"") != std::string::npos);
}

TEST_CASE("a multivariant file cut off anywhere is refused or a shorter whole one", "[catalog]") {
    const std::string text = lecture_file;
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
        INFO("cut at byte " << cut);
        const auto read = parse_multivariant_file_text(text.substr(0, cut));
        CHECK((read.has_error() || to_file_text(*read) == text.substr(0, cut)));
    }
}

TEST_CASE("a multivariant file that the writer would not write is refused", "[catalog]") {
    const auto change = GENERATE(table<std::string, std::string>({
        {"#EXTM3U", "#EXTM3U8"},
        {"VERSION:1", "VERSION:6"},
        {"#EXT-X-INDEPENDENT-SEGMENTS\n", ""},
        {"BANDWIDTH=1264000", "BANDWIDTH=1264000.0"},
        {"RESOLUTION=1280x720", "RESOLUTION=1280"},
        {"RESOLUTION=1280x720", "RESOLUTION=x"},
        {"CODECS=\"avc1.64001F,mp4a.40.2\"", "CODECS=\"avc1.64001F"},
        {"AUDIO=\"audio\"", "AUDIO=\"other\""},
        {"v720.m3u8\n", "v720.mp4\n"},
        {"v720.m3u8\n", "\n"},
        {"CHANNELS=\"2\"", "CHANNELS=\"two\""},
        {"DEFAULT=YES", "DEFAULT=PERHAPS"},
    }));
    INFO(std::get<0>(change) << " becomes " << std::get<1>(change));
    const auto read =
        parse_multivariant_file_text(with(lecture_file, std::get<0>(change), std::get<1>(change)));
    REQUIRE(read.has_error());
    CHECK(read.error().kind == Refusal::invalid);
}

} // namespace catalog::media
