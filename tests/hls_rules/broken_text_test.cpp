#include "tests/hls_rules/good_folder.h"

#include <catch2/catch.hpp>

#include <functional>

namespace hls_rules {

namespace {

struct Case {
    std::string rule; ///< that must be found broken
    std::string what;
    std::function<void(const GoodFolder&)> break_it;
};

/// A change of one text in the index of the second picture.
Case in_index(const std::string& rule, const std::string& from, const std::string& to) {
    return {rule, from + " becomes " + to,
            [=](const GoodFolder& folder) { folder.replace(folder.second() + ".m3u8", from, to); }};
}

/// A change of one text in the playlist of I-frames.
Case in_i_frames(const std::string& rule, const std::string& from, const std::string& to) {
    return {rule, "in the I-frames " + from + " becomes " + to,
            [=](const GoodFolder& folder) { folder.replace(folder.i_frames(), from, to); }};
}

/// A change of one text in what main.m3u8 says of I-frames.
Case of_i_frames(const std::string& rule, const std::string& from, const std::string& to) {
    return {rule, "of the I-frames " + from + " becomes " + to, [=](const GoodFolder& folder) {
                folder.replace("main.m3u8", from, to, "#EXT-X-I-FRAME-STREAM-INF");
            }};
}

/// A change of the first I-frame's range by so many bytes.
Case in_range(const std::string& what, int offset, int size) {
    return {"I2", what, [=](const GoodFolder& folder) {
                const std::string text = folder.read(folder.i_frames());
                const std::string tag = "#EXT-X-BYTERANGE:";
                const auto begin = text.find(tag) + tag.size();
                const std::string range = text.substr(begin, text.find('\n', begin) - begin);
                const auto at = range.find('@');
                folder.replace(folder.i_frames(), tag + range,
                               tag + std::to_string(std::stoi(range) + size) + '@' +
                                   std::to_string(std::stoi(range.substr(at + 1)) + offset));
            }};
}

/// A change of one text in main.m3u8.
Case in_main(const std::string& rule, const std::string& from, const std::string& to) {
    return {rule, from + " becomes " + to,
            [=](const GoodFolder& folder) { folder.replace("main.m3u8", from, to); }};
}

void cut_last_segment(const GoodFolder& folder, const std::string& rendition) {
    std::string index = folder.read(rendition + ".m3u8");
    index.resize(index.rfind("#EXTINF"));
    folder.write(rendition + ".m3u8", index + "#EXT-X-ENDLIST\n");
}

/// The number behind the first `name` in main.m3u8.
std::string number_behind(const GoodFolder& folder, const std::string& name) {
    const std::string main = folder.read("main.m3u8");
    const auto begin = main.find(name) + name.size();
    return main.substr(begin, main.find_first_not_of("0123456789", begin) - begin);
}

void multiply(const GoodFolder& folder, const std::string& name, double factor) {
    const std::string number = number_behind(folder, name);
    const auto changed = static_cast<long>(std::stod(number) * factor);
    folder.replace("main.m3u8", name + number, name + std::to_string(changed));
}

void check_all(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        const GoodFolder folder;
        each.break_it(folder);
        INFO(each.rule << ": " << each.what << "\n" << folder.said());
        CHECK(folder.broken().contains(each.rule));
    }
}

} // namespace

TEST_CASE("a folder that the transcoder made breaks no rule", "[hls]") {
    const GoodFolder folder;
    CHECK(folder.said().empty());
}

TEST_CASE("a folder without a playlist is not good", "[hls]") {
    const GoodFolder folder;
    folder.remove("main.m3u8");
    CHECK(folder.broken() == std::set<std::string>{"P1"});
}

TEST_CASE("each rule of a playlist's syntax that is broken is found", "[hls]") {
    check_all({
        in_index("P1", "#EXTM3U", "\xEF\xBB\xBF#EXTM3U"),
        in_index("P1", "#EXTM3U\n", "#EXTM3U\n\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"),
        in_index("P1", "#EXT-X-ENDLIST\n", "#EXT-X-ENDLIST\n#EXT-X-ENDLIST\n"),
        in_main("P1", "#EXTM3U", "#EXTM3U8"),
        in_main("P1", "NAME=\"", "NAME=\"\xC3\x28"),
        in_main("P1", "#EXTM3U\n", "#EXTM3U\n#EXT-X-TARGETDURATION:6\n"),
        in_main("P2", "FRAME-RATE=", "CODECS=\"avc1\",FRAME-RATE="),
        in_main("P2", "DEFAULT=YES", "DEFAULT=\"YES\""),
        in_main("P2", "AUDIO=\"audio\"", "AUDIO=audio"),
        in_main("P2", "NAME=\"", "NAME=\"a\"b"),
        in_index("P3", "#EXT-X-VERSION:6\n", ""),
        in_index("P3", "#EXT-X-VERSION:6\n", "#EXT-X-VERSION:5\n"),
        in_index("P3", "#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n#EXT-X-VERSION:6\n"),
        in_index("P4", "URI=\"v", "URI=\"../v"),
        in_index("P4", "URI=\"v", "URI=\"https://example.org/v"),
        in_main("P4", "\nv", "\n/v"),
        in_main("P4", "\nv", "\nno-such-v"),
    });
}

TEST_CASE("each rule of a media playlist that is broken is found", "[hls]") {
    check_all({
        in_index("M1", "#EXT-X-TARGETDURATION:6\n", ""),
        in_index("M1", "#EXT-X-TARGETDURATION:6\n", "#EXT-X-TARGETDURATION:6.0\n"),
        in_index("M2", "#EXT-X-TARGETDURATION:6\n", "#EXT-X-TARGETDURATION:5\n"),
        in_index("M2", "#EXTINF:6.000000", "#EXTINF:6.500000"),
        in_index("M3", "#EXTINF:6.000000", "#EXTINF:6.501000"),
        in_index("M5", "#EXT-X-TARGETDURATION:6\n", "#EXT-X-TARGETDURATION:7\n"),
        in_index("M6", "#EXT-X-ENDLIST\n", ""),
        in_index("M6", "#EXT-X-ENDLIST\n",
                 "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"x\"\n#EXT-X-ENDLIST\n"),
        in_index("M7", "TYPE:VOD", "TYPE:EVENT"),
        in_index("M7", "#EXT-X-PLAYLIST-TYPE:VOD\n", ""),
        in_index("M8", "#EXT-X-MAP:", "#EXT-X-MOP:"),
        in_index("M10", "#EXTINF:6.000000", "#EXTINF:5.800000"),
        in_index("M11", "@0\"", "\""),
        in_index("M11", "#EXT-X-BYTERANGE:", "#EXT-X-BYTERANGE:9999999"),
        in_index("M12", "#EXT-X-ENDLIST", "#EXT-X-MAP:URI=\"v\"\n#EXT-X-ENDLIST"),
        {"M11", "a segment that starts before the one before it ends",
         [](const GoodFolder& folder) {
             const std::string index = folder.read(folder.second() + ".m3u8");
             const auto first = index.find("#EXT-X-BYTERANGE:");
             const auto at = index.find('@', first);
             const std::string offset = index.substr(at, index.find('\n', at) - at);
             const auto second = index.find('@', at + 1);
             const std::string next = index.substr(second, index.find('\n', second) - second);
             folder.replace(folder.second() + ".m3u8", next, offset);
         }},
        {"M13", "a playlist without segments",
         [](const GoodFolder& folder) {
             std::string index = folder.read(folder.second() + ".m3u8");
             index.resize(index.find("#EXTINF"));
             folder.write(folder.second() + ".m3u8", index + "#EXT-X-ENDLIST\n");
         }},
    });
}

TEST_CASE("each rule of a multivariant playlist that is broken is found", "[hls]") {
    check_all({
        in_main("V1", ",mp4a.40.2", ""),
        in_main("V1", "mp4a.40.2", "mp4a.40.5"),
        in_main("V1", "CODECS=", "SUPPLEMENTAL-CODECS="),
        in_main("V2", "AVERAGE-BANDWIDTH=", "AVERAGE-WIDTH="),
        in_main("V3", "RESOLUTION=", "RESOLUTION=1"),
        in_main("V4", "FRAME-RATE=", "FRAME-RATE=1"),
        in_main("V4", ".000,VIDEO", ",VIDEO"),
        in_main("V5", "VIDEO-RANGE=SDR", "VIDEO-RANGE=PQ"),
        in_main("V6", "AUDIO=\"audio\"", "AUDIO=\"sound\""),
        in_main("V6", "GROUP-ID=\"audio\"", "GROUP-ID=\"sound\""),
        in_main("V7", "CLOSED-CAPTIONS=NONE", "CLOSED-CAPTION=NONE"),
        in_main("A1", "NAME=", "NOME="),
        in_main("A3", "AUTOSELECT=YES", "AUTOSELECT=NO"),
        in_main("A4", "LANGUAGE=", "ASSOC-LANGUAGE="),
        {"A1", "a second default",
         [](const GoodFolder& folder) {
             const std::string main = folder.read("main.m3u8");
             const auto begin = main.find("#EXT-X-MEDIA");
             const std::string line = main.substr(begin, main.find('\n', begin) + 1 - begin);
             folder.replace("main.m3u8", line, line + line);
         }},
        {"V8", "one video bit rate only",
         [](const GoodFolder& folder) {
             std::string main = folder.read("main.m3u8");
             main.resize(main.rfind("#EXT-X-STREAM-INF"));
             folder.write("main.m3u8", main);
         }},
        {"V8", "nothing for a thin line",
         [](const GoodFolder& folder) {
             const std::string main = folder.read("main.m3u8");
             std::string changed;
             for (std::size_t at = 0; at < main.size(); ++at) {
                 const bool is_rate = main.compare(at, 11, ":BANDWIDTH=") == 0;
                 changed += is_rate ? ":BANDWIDTH=9" : std::string(1, main[at]);
                 at += is_rate ? 10 : 0;
             }
             folder.write("main.m3u8", changed);
         }},
        {"B2", "a peak that is too low",
         [](const GoodFolder& folder) { multiply(folder, ":BANDWIDTH=", 0.95); }},
        {"B3", "a peak that is too high",
         [](const GoodFolder& folder) { multiply(folder, ":BANDWIDTH=", 1.2); }},
        {"B4", "an average that is too high",
         [](const GoodFolder& folder) { multiply(folder, "AVERAGE-BANDWIDTH=", 1.2); }},
        {"B4", "an average that is too low",
         [](const GoodFolder& folder) { multiply(folder, "AVERAGE-BANDWIDTH=", 0.8); }},
    });
}

TEST_CASE("renditions that do not lie beside each other are found", "[hls]") {
    check_all({
        {"G1", "a picture without its last segment",
         [](const GoodFolder& folder) { cut_last_segment(folder, folder.second()); }},
        {"G3", "a picture that ends before the other",
         [](const GoodFolder& folder) { cut_last_segment(folder, folder.second()); }},
        {"G2", "a sound without its last segment",
         [](const GoodFolder& folder) { cut_last_segment(folder, folder.sound()); }},
        {"G3", "a sound that ends before the picture",
         [](const GoodFolder& folder) { cut_last_segment(folder, folder.sound()); }},
    });
}

TEST_CASE("each rule of I-frames that is broken is found", "[hls]") {
    check_all({
        {"I1", "no I-frames in main.m3u8",
         [](const GoodFolder& folder) {
             std::string main = folder.read("main.m3u8");
             main.resize(main.rfind("#EXT-X-I-FRAME-STREAM-INF"));
             folder.write("main.m3u8", main);
         }},
        of_i_frames("I1", "BANDWIDTH=", "PEAK="),
        of_i_frames("I1", "CODECS=", "SUPPLEMENTAL-CODECS="),
        of_i_frames("I1", "RESOLUTION=", "SIZE="),
        of_i_frames("I1", "URI=", "URL="),
        in_i_frames("I1", "#EXT-X-I-FRAMES-ONLY\n", ""),
        of_i_frames("I2", "RESOLUTION=", "FRAME-RATE=1.000,RESOLUTION="),
        of_i_frames("I2", "RESOLUTION=", "AUDIO=\"audio\",RESOLUTION="),
        in_range("a range that starts with the init section's end", -1, 1),
        in_range("a range that starts within the moof", 1, -1),
        in_range("a range that lacks the I-frame's last byte", 0, -1),
        in_i_frames("I2", "#EXTINF:2.000000", "#EXTINF:2.040000"),
        {"I2", "an I-frame that is left out",
         [](const GoodFolder& folder) {
             std::string text = folder.read(folder.i_frames());
             const auto first = text.find("#EXTINF");
             text.erase(first, text.find("#EXTINF", first + 1) - first);
             folder.write(folder.i_frames(), text);
         }},
        of_i_frames("V1", "avc1.", "avc1.f"),
        of_i_frames("V3", "RESOLUTION=", "RESOLUTION=1"),
        of_i_frames("B2", "BANDWIDTH=", "BANDWIDTH=1,BAND="),
        of_i_frames("B3", "BANDWIDTH=", "BANDWIDTH=1"),
        of_i_frames("B4", "AVERAGE-BANDWIDTH=", "AVERAGE-BANDWIDTH=1"),
        of_i_frames("P4", "URI=\"v", "URI=\"../v"),
        of_i_frames("P4", "URI=\"v", "URI=\"no-such-v"),
        in_i_frames("P3", "#EXT-X-VERSION:5\n", "#EXT-X-VERSION:4\n"),
        in_i_frames("M2", "#EXT-X-TARGETDURATION:2\n", "#EXT-X-TARGETDURATION:1\n"),
        in_i_frames("M6", "#EXT-X-ENDLIST\n", ""),
        in_i_frames("M7", "TYPE:VOD", "TYPE:EVENT"),
        in_i_frames("M8", "#EXT-X-MAP:", "#EXT-X-MOP:"),
    });
}

TEST_CASE("the sound's own presentation is checked as well", "[hls]") {
    const GoodFolder folder;
    folder.replace("audio.m3u8", "mp4a.40.2", "mp4a.40.5");
    INFO(folder.said());
    CHECK(folder.broken() == std::set<std::string>{"V1"});
}

} // namespace hls_rules
