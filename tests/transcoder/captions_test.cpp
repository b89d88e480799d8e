#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace {

using Words = std::vector<std::string>;

const std::string srt = "1\n00:00:00,200 --> 00:00:01,200\n<i>一行目</i> & 1 < 2 {remark}\n二行目 --> 三\n\n"
                        "2\n00:00:00,600 --> 00:00:01,600\noverlapping\n\n"
                        "3\n00:00:01,800 --> 00:00:09,000\nlonger than the picture\n\n"
                        "4\n00:00:07,000 --> 00:00:09,000\nbehind the end\n\n";

/// A picture of two seconds with the files' captions in it, each with what is said of its track. Sound
/// would begin before it, by its encoder's priming.
void make_with(const std::filesystem::path& file, const std::vector<std::pair<std::string, Words>>& captions,
               const Words& output) {
    auto words = test::moving_picture(2);
    Words inputs;
    Words maps{"-map", "0"};
    for (std::size_t i = 0; i < captions.size(); ++i) {
        if (captions[i].first.ends_with(".sup"))
            inputs.insert(inputs.end(), {"-f", "sup"});
        inputs.insert(inputs.end(), {"-i", captions[i].first});
        maps.insert(maps.end(), {"-map", std::to_string(i + 2)});
        for (const auto& word : captions[i].second)
            maps.push_back(word);
    }
    words.insert(words.begin() + 8, inputs.begin(), inputs.end());
    words.insert(words.end(), maps.begin(), maps.end());
    words.insert(words.end(), output.begin(), output.end());
    test::make_recording(file, words);
}

nlohmann::json told(const test::TemporaryFolder& folder) { return test::report(folder / "out")["captions"]; }

std::string repeated(int times, const auto& line) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text += line(i);
    return text;
}

} // namespace

TEST_CASE("captions inside a recording become WebVTT beside it", "[transcoder]") {
    const auto [name, codec, known, first] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"in.mkv", "subrip", "subrip", "一行目 &amp; 1 &lt; 2 {remark}\n二行目 --&gt; 三"},
        {"in.mkv", "ass", "ass", "一行目 &amp; 1 &lt; 2\n二行目 --&gt; 三"},
        {"in.mkv", "copy", "subrip", "一行目 &amp; 1 &lt; 2 {remark}\n二行目 --&gt; 三"},
    }));
    const test::TemporaryFolder folder;
    folder.write("a.srt", srt);
    make_with(folder / name, {{folder / "a.srt", {"-metadata:s:s:0", "language=jpn"}}}, {"-c:s", codec});
    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    CAPTURE(codec);
    CHECK(folder.read("out/captions/ja.vtt") == "WEBVTT\n\n"
                                                "00:00:00.200 --> 00:00:01.200\n" +
                                                    first +
                                                    "\n\n"
                                                    "00:00:00.600 --> 00:00:01.600\n"
                                                    "overlapping\n\n"
                                                    "00:00:01.800 --> 00:00:02.000\n"
                                                    "longer than the picture\n");
    CHECK(told(folder) == nlohmann::json::parse(R"([{"stream":1,"codec":")" + known +
                                                R"(","language":"ja","file":"captions/ja.vtt",
        "why_not":null,"cues":3,"left_out":{"outside":1}}])"));
    CHECK(test::faults(folder / "out") == Words{});
}

TEST_CASE("captions inside MP4, QuickTime and WebM are found too", "[transcoder]") {
    const auto [name, codec] = GENERATE(table<std::string, std::string>(
        {{"in.mp4", "mov_text"}, {"in.mov", "mov_text"}, {"in.mkv", "webvtt"}, {"in.mkv", "text"}}));
    const test::TemporaryFolder folder;
    folder.write("a.srt", "1\n00:00:00,200 --> 00:00:01,000\n記録 {a} & b\n\n2\n00:00:01,000 --> "
                          "00:00:01,500\nb\n");
    make_with(folder / name, {{folder / "a.srt", {}}}, {"-c:s", codec});
    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    CAPTURE(name, codec);
    CHECK(folder.read("out/captions/und.vtt") == "WEBVTT\n\n00:00:00.200 --> 00:00:01.000\n"
                                                 "記録 {a} &amp; b\n\n"
                                                 "00:00:01.000 --> 00:00:01.500\nb\n");
}

TEST_CASE("each track of captions gets a file of its own", "[transcoder]") {
    const test::TemporaryFolder folder;
    for (const std::string name : {"a", "b", "c", "d"})
        folder.write(name + ".srt", "1\n00:00:00,000 --> 00:00:01,000\n" + name + "\n");
    make_with(folder / "in.mkv",
              {{folder / "a.srt", {"-metadata:s:s:0", "language=eng"}},
               {folder / "b.srt", {"-metadata:s:s:1", "language=jpn"}},
               {folder / "c.srt", {"-metadata:s:s:2", "language=eng"}},
               {folder / "d.srt", {"-metadata:s:s:3", "language=../../x"}}},
              {"-c:s", "subrip"});
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    std::vector<std::pair<std::string, std::string>> texts;
    for (const auto& track : told(folder)) {
        const std::string file = track["file"];
        const auto text = folder.read("out/" + file);
        texts.emplace_back(file, text.substr(text.size() - 2, 1));
    }
    CHECK(texts == std::vector<std::pair<std::string, std::string>>{{"captions/en.vtt", "a"},
                                                                    {"captions/ja.vtt", "b"},
                                                                    {"captions/en-2.vtt", "c"},
                                                                    {"captions/und.vtt", "d"}});
}

TEST_CASE("captions keep to the picture of a recording that does not begin at zero", "[transcoder]") {
    const auto offset = GENERATE(as<std::string>{}, "100", "-0.5");
    const test::TemporaryFolder folder;
    folder.write("a.srt", "1\n00:00:00,600 --> 00:00:01,000\na\n");
    make_with(folder / "whole.mkv", {{folder / "a.srt", {}}}, {"-c:s", "subrip"});
    test::make_recording(folder / "in.mkv",
                         {"-i", folder / "whole.mkv", "-map", "0", "-c", "copy", "-output_ts_offset", offset});
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    CAPTURE(offset);
    CHECK(folder.read("out/captions/und.vtt") == "WEBVTT\n\n00:00:00.600 --> 00:00:01.000\na\n");
}

TEST_CASE("captions in another encoding are left out, and the recording is made", "[transcoder]") {
    const test::TemporaryFolder folder;
    // 記録 in CP932.
    folder.write("a.srt", "1\n00:00:00,000 --> 00:00:01,000\n\x8b\x4c\x98\x5e\n\n"
                          "2\n00:00:01,000 --> 00:00:02,000\nASCII\n");
    folder.write("b.srt", "1\n00:00:00,000 --> 00:00:01,000\n\x8b\x4c\x98\x5e\n");
    make_with(folder / "in.mkv", {{folder / "a.srt", {}}, {folder / "b.srt", {}}}, {"-c:s", "copy"});
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    CHECK(folder.read("out/captions/und.vtt") == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nASCII\n");
    const auto tracks = told(folder);
    REQUIRE(tracks.size() == 2);
    CHECK(tracks[0]["left_out"]["not_utf8"] == 1);
    CHECK(tracks[1]["file"].is_null());
    CHECK(tracks[1]["why_not"] == "not_utf8");
    CHECK_FALSE(std::filesystem::exists(folder / "out/captions/und-2.vtt"));
}

TEST_CASE("text in an MP4 that is no text costs its cue and no more", "[transcoder]") {
    const test::TemporaryFolder folder;
    folder.write("a.srt", "1\n00:00:00,000 --> 00:00:01,000\nABCDEFGHIJ\n\n"
                          "2\n00:00:01,000 --> 00:00:02,000\nKLMNOPQRST\n");
    make_with(folder / "whole.mp4", {{folder / "a.srt", {}}}, {"-c:s", "mov_text"});
    auto bytes = folder.read("whole.mp4");
    for (const std::string word : {"ABCDEFGHIJ", "KLMNOPQRST"})
        REQUIRE(bytes.find(word) != std::string::npos);
    bytes.replace(bytes.find("ABCDEFGHIJ"), 10, std::string("\x82\xa0\x82\xa2\xff\xfe\xf8\x80\xc0\0", 10));
    bytes.replace(bytes.find("KLMNOPQRST"), 10, std::string("\x1b[2J\0ok\r\n\x07", 10));
    folder.write("in.mp4", bytes);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK(told(folder)[0]["left_out"]["not_utf8"] == 1);
    const auto text = folder.read("out/captions/und.vtt");
    CHECK(std::ranges::none_of(text, [](char c) { return c < ' ' && c != '\n'; }));
    CHECK(test::faults(folder / "out") == Words{});
}

TEST_CASE("captions that are pictures, and tracks without a cue, are told and left out", "[transcoder]") {
    const test::TemporaryFolder folder;
    folder.write("a.srt", "1\n00:00:08,000 --> 00:00:09,000\nbehind the end\n");
    // Sets of pictures (PGS) in which there is nothing but their end.
    std::string pictures;
    for (const std::string time : {"\x10", "\x20"})
        pictures += std::string("PG\0\1\x5f", 5) + time + std::string("\0\0\0\0\x80\0\0", 7);
    folder.write("b.sup", pictures);
    make_with(folder / "in.mkv", {{folder / "a.srt", {}}, {folder / "b.sup", {}}}, {"-c:s", "copy"});
    REQUIRE(test::transcode({folder / "in.mkv", folder / "out"}).status == 0);
    CHECK(told(folder)[0]["why_not"] == "outside");
    CHECK(told(folder)[1]["codec"] == "hdmv_pgs_subtitle");
    CHECK(told(folder)[1]["why_not"] == "pictures");
    CHECK_FALSE(std::filesystem::exists(folder / "out/captions"));
    CHECK_FALSE(std::filesystem::exists(folder / "out/captions.new"));
}

TEST_CASE("ten thousand cues are read", "[transcoder]") {
    const test::TemporaryFolder folder;
    const auto name = GENERATE(as<std::string>{}, "in.mkv", "in.mp4");
    folder.write("a.srt", repeated(10'000, [](int i) {
                     const auto number = std::to_string(i);
                     const auto at = [](int tenths) {
                         const auto ms = std::to_string(1000 + tenths % 1000).substr(1);
                         return "00:00:0" + std::to_string(tenths / 1000) + "," + ms;
                     };
                     return number + "\n" + at(i / 8) + " --> " + at(i / 8 + 100) + "\ncue " + number + "\n\n";
                 }));
    make_with(folder / name, {{folder / "a.srt", {}}}, {"-c:s", name == "in.mp4" ? "mov_text" : "subrip"});
    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    const auto text = folder.read("out/captions/und.vtt");
    CAPTURE(name);
    // MP4 shows one text at a time: what is replaced at once is in no sample.
    const auto cues = told(folder)[0]["cues"].get<int>();
    CHECK(cues == (name == "in.mkv" ? 10'000 : cues));
    CHECK(cues > 1000);
    CHECK(text.ends_with("cue 9999\n"));
}

TEST_CASE("a run that was killed makes the same captions, chapters and waveform", "[transcoder]") {
    const test::TemporaryFolder folder;
    folder.write("a.srt", srt);
    folder.write("chapters", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=a\n"
                             "[CHAPTER]\nTIMEBASE=1/1\nSTART=1\nEND=2\ntitle=b\n");
    make_with(folder / "whole.mkv", {{folder / "a.srt", {}}}, {"-c:s", "subrip", "-map", "1"});
    test::make_recording(folder / "in.mkv",
                         {"-i", folder / "whole.mkv", "-f", "ffmetadata", "-i", folder / "chapters",
                          "-map", "0", "-map_chapters", "1", "-c", "copy"});
    const std::string input = folder / "in.mkv";
    REQUIRE(test::transcode({input, folder / "whole"}).status == 0);
    const auto whole = test::contents(folder / "whole");
    for (const std::string file : {"captions/und.vtt", "chapters.vtt", "waveform.json"})
        CHECK(whole.contains(file));
    for (std::size_t events = 1; events < 9; ++events) {
        const auto out = folder / ("killed" + std::to_string(events));
        test::transcode_and_kill({input, out}, events);
        REQUIRE(test::transcode({input, out}).status == 0);
        CAPTURE(events);
        CHECK((test::contents(out) == whole));
    }
}

TEST_CASE("what another run left of captions and chapters does not stay", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(2));
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto whole = test::contents(folder / "out");
    REQUIRE(test::transcode_and_kill({folder / "in.mp4", folder / "again"}, 3));
    for (const std::string name : {"captions", "captions.new"}) {
        std::filesystem::create_directories(folder / "again" / name);
        folder.write("again/" + name + "/ja.vtt", "stale");
    }
    for (const std::string name : {"chapters.vtt", "chapters.vtt.new", "waveform.json", "waveform.json.new"})
        folder.write("again/" + name, "stale");
    REQUIRE(test::transcode({folder / "in.mp4", folder / "again"}).status == 0);
    CHECK((test::contents(folder / "again") == whole));
}
