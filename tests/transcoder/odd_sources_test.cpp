#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"

#include <catch2/catch.hpp>

namespace {

using Words = std::vector<std::string>;

struct Odd {
    std::string what;
    std::string file;
    Words words;
    int width;          ///< of the top rung; 0: sound alone
    int height;
    std::string rate;
    double duration;
};

const std::string picture = "testsrc2=s=160x90:r=25:d=3";
const std::string tone = "sine=f=440:d=3";

Words x264(const std::string& filter, const Words& more = {}) {
    Words words{"-f",   "lavfi",     "-i",       filter, "-f",   "lavfi", "-i",  tone,
                "-c:v", "libx264",   "-preset",  "ultrafast",    "-c:a",  "aac", "-pix_fmt",
                "yuv420p"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

std::vector<Odd> odd_ones() {
    return {
        {"no sound", "in.mp4", {"-f", "lavfi", "-i", picture}, 160, 90, "25.000", 3},
        {"sound alone", "in.m4a", {"-f", "lavfi", "-i", tone}, 0, 0, "", 3},
        {"sound alone, as WAV at 8 kHz mono", "in.wav", {"-f", "lavfi", "-i", tone, "-ar", "8000"}, 0,
         0, "", 3},
        {"sound alone, as MP3 with a cover", "in.mp3",
         {"-f", "lavfi", "-i", tone, "-f", "lavfi", "-i", "color=red:s=64x64:d=1", "-frames:v", "1",
          "-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"},
         0, 0, "", 3},
        {"Matroska", "in.mkv", x264(picture), 160, 90, "25.000", 3},
        {"a transport stream", "in.ts", x264(picture), 160, 90, "25.000", 3},
        {"Flash", "in.flv", x264(picture), 160, 90, "25.000", 3},
        {"AVI with MPEG-4 and MP3", "in.avi",
         {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone}, 160, 90, "25.000", 3},
        {"WebM", "in.webm",
         {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, "-c:v", "libvpx", "-deadline",
          "realtime"},
         160, 90, "25.000", 3},
        {"one picture", "in.mp4", {"-f", "lavfi", "-i", picture, "-frames:v", "1"}, 160, 90, "25.000",
         1},
        {"60 frames a second", "in.mp4", x264("testsrc2=s=160x90:r=60:d=3"), 160, 90, "60.000", 3},
        {"NTSC", "in.mp4", x264("testsrc2=s=160x90:r=30000/1001:d=3"), 160, 90, "29.970", 3.003},
        {"film", "in.mp4", x264("testsrc2=s=160x90:r=24000/1001:d=3"), 160, 90, "23.976", 3.003},
        {"one frame a second", "in.mp4", x264("testsrc2=s=160x90:r=1:d=3"), 160, 90, "1.000", 3},
        {"odd sides", "in.mp4",
         {"-f", "lavfi", "-i", "testsrc2=s=161x91:r=25:d=3", "-c:v", "libx264", "-pix_fmt",
          "yuv444p"},
         160, 90, "25.000", 3},
        {"pixels that are not square", "in.mp4", x264(picture, {"-vf", "setsar=4/3"}), 214, 90,
         "25.000", 3},
        {"10 bits", "in.mp4",
         {"-f", "lavfi", "-i", picture, "-c:v", "libx264", "-pix_fmt", "yuv420p10le"}, 160, 90,
         "25.000", 3},
        {"full range", "in.mp4", {"-f", "lavfi", "-i", picture, "-c:v", "mjpeg"}, 160, 90, "25.000",
         3},
        {"interlaced", "in.mp4",
         x264("testsrc2=s=160x96:r=25:d=3", {"-flags", "+ilme+ildct", "-x264-params", "tff=1"}), 160,
         96, "25.000", 3},
        {"8 bits that say they are HDR", "in.mp4", x264(picture, {"-color_trc", "smpte2084"}), 160, 90,
         "25.000", 3},
        {"frames that come as they please", "in.mkv",
         x264(picture, {"-vf", "select='not(mod(n\\,3))+eq(mod(n\\,7)\\,1)'", "-vsync", "vfr"}), 160,
         90, "25.000", 3},
        {"5.1 sound", "in.mp4", x264(picture, {"-ac", "6"}), 160, 90, "25.000", 3},
        {"HDR", "in.mp4",
         {"-f", "lavfi", "-i", picture, "-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-color_trc",
          "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"},
         160, 90, "25.000", 3},
        {"sound that begins a second late", "in.mp4",
         {"-f", "lavfi", "-i", picture, "-itsoffset", "1", "-f", "lavfi", "-i", "sine=d=2"}, 160, 90,
         "25.000", 3},
        {"sound that goes on for four seconds after the picture", "in.mkv",
         {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=d=7"}, 160, 90, "25.000", 7},
        {"a fragmented MP4 without an index", "in.mp4",
         x264(picture, {"-movflags", "+frag_keyframe+empty_moov"}), 160, 90, "25.000", 3},
        {"times that begin at an hour", "in.ts", x264(picture, {"-output_ts_offset", "3600"}), 160,
         90, "25.000", 3},
    };
}

} // namespace

TEST_CASE("an odd recording becomes a folder that plays and breaks no rule", "[transcoder]") {
    const auto odd = GENERATE(from_range(odd_ones()));
    CAPTURE(odd.what);
    const test::TemporaryFolder folder;
    test::make_recording(folder / odd.file, odd.words);
    const auto run = test::transcode({folder / odd.file, folder / "out"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    const auto media = catalog::media::read_media_folder(folder / "out");
    REQUIRE(media.has_value());
    const auto& top = media->main.variants.back();
    CHECK(top.picture.has_value() == (odd.width != 0));
    if (top.picture) {
        CHECK(top.picture->width == odd.width);
        CHECK(top.picture->height == odd.height);
        CHECK(top.picture->frame_rate == odd.rate);
    }
    CHECK(run.last("finished")["duration_s"].get<double>() == Approx(odd.duration).margin(0.1));
    CHECK(run.last("finished")["lost_s"] == 0.0);
}

TEST_CASE("a picture lying on its side is set upright", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "flat.mp4", {"-f", "lavfi", "-i", picture});
    test::make_recording(folder / "in.mp4", {"-i", folder / "flat.mp4", "-c", "copy",
                                             "-metadata:s:v:0", "rotate=90"});
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    const auto media = catalog::media::read_media_folder(folder / "out");
    REQUIRE(media.has_value());
    CHECK(media->main.variants.back().picture->width == 90);
    CHECK(media->main.variants.back().picture->height == 160);
}

TEST_CASE("of several sounds the usual one is taken, but a Japanese one before a foreign one",
          "[transcoder]") {
    const auto [first, second, taken] = GENERATE(table<std::string, std::string, std::string>({
        {"jpn", "eng", "ja"}, {"eng", "jpn", "ja"}, {"eng", "fra", "en"}}));
    CAPTURE(first, second);
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4",
                         {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, "-f", "lavfi", "-i",
                          "sine=f=880:d=3", "-map", "0", "-map", "1", "-map", "2", "-metadata:s:a:0",
                          "language=" + first, "-metadata:s:a:1", "language=" + second});
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    CHECK(folder.read("out/main.m3u8").find("LANGUAGE=\"" + taken + "\"") != std::string::npos);
}

TEST_CASE("picture and sound of joined recordings are moved by the same", "[transcoder]") {
    // Each was straightened by itself: every join drove them apart by what one had more.
    const test::TemporaryFolder folder;
    test::make_recording(folder / "one.ts", {"-f", "lavfi", "-i", picture, "-f", "lavfi", "-i",
                                             "sine=f=440:d=3.5", "-c:a", "aac"});
    const auto one = folder.read("one.ts");
    folder.write("in.ts", one + one + one);
    const auto run = test::transcode({folder / "in.ts", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    CHECK(run.last("finished")["duration_s"].get<double>() == Approx(10.5).margin(0.6));
}

TEST_CASE("a picture that changes its size on the way keeps the recording's", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "a.ts", {"-f", "lavfi", "-i", picture});
    test::make_recording(folder / "b.ts", {"-f", "lavfi", "-i", "testsrc2=s=120x120:r=25:d=3",
                                           "-output_ts_offset", "3"});
    folder.write("in.ts", folder.read("a.ts") + folder.read("b.ts"));
    const auto run = test::transcode({folder / "in.ts", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    CHECK(run.last("finished")["duration_s"].get<double>() == Approx(6).margin(0.2));
}
