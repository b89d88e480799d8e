#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"
#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

/// Two seconds of black, then two slides of boxes, the second from second 8.4 on for `rest` seconds.
void make_slides(const fs::path& file, double rest) {
    const std::string size = "s=640x360:r=10:d=";
    const auto last = std::to_string(rest);
    const auto all = std::to_string(8.4 + rest);
    test::make_recording(
        file,
        {"-f", "lavfi", "-i", "color=black:" + size + "2", "-f", "lavfi", "-i",
         "color=white:" + size + "6.4,drawgrid=w=64:h=40:t=12:c=black", "-f", "lavfi", "-i",
         "color=white:" + size + last + ",drawgrid=w=90:h=70:t=20:c=navy", "-f", "lavfi", "-i",
         "sine=f=440:d=" + all, "-filter_complex", "[0][1][2]concat=n=3,format=yuv420p", "-c:v",
         "libx264", "-preset", "ultrafast", "-g", "100", "-c:a", "aac", "-colorspace", "bt709"});
}

struct Size {
    int width;
    int height;
    friend bool operator==(const Size&, const Size&) = default;
};

/// As the ffmpeg command sees it, which knows files of pictures.
Size size_of(const fs::path& picture) {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "still.mp4", {"-i", picture.string(), "-c:v", "mpeg4"});
    const auto file = transcoder::av::SourceFile::open(folder / "still.mp4");
    const transcoder::av::Input input(file);
    const auto& parameters = *input.stream(0).codecpar;
    return {parameters.width, parameters.height};
}

} // namespace

TEST_CASE("beside the renditions there are a poster, thumbnails and slides", "[transcoder]") {
    const test::TemporaryFolder folder;
    make_slides(folder / "in.mp4", 4.6);
    const auto out = folder / "out";
    REQUIRE(test::transcode({folder / "in.mp4", out}).status == 0);
    CHECK(test::faults(out) == std::vector<std::string>{});
    CHECK(catalog::media::check_media_folder(out).empty());

    const auto files = test::contents(out / "stills");
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files)
        names.push_back(name);
    CHECK(names == std::vector<std::string>{"a48.m3u8", "a48.mp4", "main.m3u8", "poster.jpg",
                                            "slide-0001.webp", "slide-0002.webp", "slides.json",
                                            "thumbnails-0.jpg", "thumbnails.vtt",
                                            "v360slides.m3u8", "v360slides.mp4"});
    CHECK(files.at("thumbnails.vtt") == "WEBVTT\n\n"
                                        "00:00:00.000 --> 00:00:05.000\n"
                                        "thumbnails-0.jpg#xywh=0,0,160,90\n\n"
                                        "00:00:05.000 --> 00:00:10.000\n"
                                        "thumbnails-0.jpg#xywh=160,0,160,90\n\n"
                                        "00:00:10.000 --> 00:00:13.000\n"
                                        "thumbnails-0.jpg#xywh=320,0,160,90\n");
    const auto slides = nlohmann::json::parse(files.at("slides.json"));
    CHECK(slides == nlohmann::json::parse(
                        R"([{"at_s":0.0,"until_s":8.4,"file":"slide-0001.webp"},
                            {"at_s":8.4,"until_s":13.0,"file":"slide-0002.webp"}])"));
    CHECK(size_of(out / "stills" / "poster.jpg") == Size{640, 360});
    CHECK(size_of(out / "stills" / "slide-0002.webp") == Size{640, 360});
    CHECK(size_of(out / "stills" / "thumbnails-0.jpg") == Size{1600, 90});
}

TEST_CASE("sound and slides are a presentation of their own, in less than 100 kbit/s",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    make_slides(folder / "in.mp4", 61.6);
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto stills = folder / "out" / "stills";
    // One bit rate is what it is for.
    CHECK(test::faults(stills) ==
          std::vector<std::string>{"V8 main.m3u8: there is one video bit rate only"});
    CHECK(catalog::media::check_media_folder(stills).empty());

    const auto media = catalog::media::read_media_folder(stills).value();
    REQUIRE(media.main.variants.size() == 1);
    const auto& variant = media.main.variants.front();
    CHECK(variant.bandwidth.peak < 100'000);
    CHECK(variant.picture->width == 640);
    CHECK(variant.picture->frame_rate == "0.119");
    CHECK(media.main.audio.front().channels == 1);
    std::vector<std::chrono::microseconds> stand;
    for (const auto& segment : media.renditions.at("v360slides").segments)
        stand.push_back(segment.duration);
    CHECK(stand == std::vector<std::chrono::microseconds>{8400ms, 20'533'333us, 20'533'333us,
                                                          20'533'334us});
    CHECK(media.renditions.at("a48").segments.size() == stand.size());
}

TEST_CASE("a silent recording has slides without sound", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", {"-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=4",
                                             "-c:v", "libx264", "-pix_fmt", "yuv420p"});
    REQUIRE(test::transcode({folder / "in.mp4", folder / "out"}).status == 0);
    const auto media = catalog::media::read_media_folder(folder / "out" / "stills").value();
    CHECK(media.names() == std::set<std::string>{"v90slides"});
    CHECK(media.main.variants.front().codecs.starts_with("avc1."));
    CHECK(media.duration() == 4s);
}

TEST_CASE("sound alone has no stills", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.m4a", {"-f", "lavfi", "-i", "sine=f=440:d=2", "-c:a", "aac"});
    REQUIRE(test::transcode({folder / "in.m4a", folder / "out"}).status == 0);
    CHECK_FALSE(fs::exists(folder / "out" / "stills"));
}
