#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"
#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"

#include <catch2/catch.hpp>

namespace {

namespace fs = std::filesystem;

/// Two seconds of black, then two slides of boxes, the second from second 8.4 on, to second 13.
void make_slides(const fs::path& file) {
    const std::string size = "s=640x360:r=10:d=";
    test::make_recording(
        file,
        {"-f", "lavfi", "-i", "color=black:" + size + "2", "-f", "lavfi", "-i",
         "color=white:" + size + "6.4,drawgrid=w=64:h=40:t=12:c=black", "-f", "lavfi", "-i",
         "color=white:" + size + "4.6,drawgrid=w=90:h=70:t=20:c=navy", "-f", "lavfi", "-i",
         "sine=f=440:d=13", "-filter_complex", "[0][1][2]concat=n=3,format=yuv420p", "-c:v",
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
    make_slides(folder / "in.mp4");
    const auto out = folder / "out";
    REQUIRE(test::transcode({folder / "in.mp4", out}).status == 0);
    CHECK(test::faults(out) == std::vector<std::string>{});
    CHECK(catalog::media::check_media_folder(out).empty());

    const auto files = test::contents(out / "stills");
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files)
        names.push_back(name);
    CHECK(names == std::vector<std::string>{"poster.jpg", "slide-0001.webp", "slide-0002.webp",
                                            "slides.json", "thumbnails-0.jpg", "thumbnails.vtt"});
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

TEST_CASE("sound alone has no stills", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.m4a", {"-f", "lavfi", "-i", "sine=f=440:d=2", "-c:a", "aac"});
    REQUIRE(test::transcode({folder / "in.m4a", folder / "out"}).status == 0);
    CHECK_FALSE(fs::exists(folder / "out" / "stills"));
}
