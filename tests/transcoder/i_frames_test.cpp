#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"
#include "transcoder/av/log.h"
#include "transcoder/av/same_picture.h"
#include "transcoder/folder/i_frames.h"
#include "transcoder/stills/rendition_reader.h"

#include <catch2/catch.hpp>

using catalog::media::ByteRange;
using catalog::media::MediaFolder;
using catalog::media::MediaPlaylist;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

/// A finished folder of a recording.
struct Made {
    explicit Made(const std::vector<std::string>& recording,
                  const std::vector<std::string>& more = {}) {
        test::make_recording(place / "in.mp4", recording);
        std::vector<std::string> words{place / "in.mp4", place / "out"};
        words.insert(words.end(), more.begin(), more.end());
        REQUIRE(test::transcode(words).status == 0);
        media = catalog::media::read_media_folder(place / "out").value();
    }

    std::string bytes(const ByteRange& range) const {
        return place.read("out/" + media.i_frames->file).substr(range.offset, range.size);
    }

    const test::TemporaryFolder place;
    MediaFolder media;
};

/// Of the rendition whose key frames are listed.
const MediaPlaylist& index_of(const MediaFolder& media) {
    return media.renditions.at(media.main.i_frames->rendition);
}

void check_pictures(const Made& made) {
    using namespace transcoder::stills;
    transcoder::av::capture_log(); // what it says of samples that are left out
    RenditionReader whole(made.place / "out" / made.media.i_frames->file);
    for (const auto& frame : made.media.i_frames->segments) {
        made.place.write("alone.mp4", made.bytes(made.media.i_frames->init) + made.bytes(frame.bytes));
        RenditionReader alone(made.place / "alone.mp4");
        const auto gop = whole.next();
        const auto alone_gop = alone.next();
        REQUIRE(gop);
        REQUIRE(alone_gop);
        CHECK(gop->begin == alone_gop->begin);
        if (gop->end != std::chrono::microseconds::max())
            CHECK(gop->end - gop->begin == frame.duration);
        const auto picture = key_picture(whole, *gop);
        const auto alone_picture = key_picture(alone, *alone_gop);
        REQUIRE(picture);
        REQUIRE(alone_picture);
        CHECK(transcoder::av::is_same_picture(*picture, *alone_picture));
    }
    CHECK_FALSE(whole.next());
}

} // namespace

TEST_CASE("the key frames of the thinnest rendition are listed, each whole and alone",
          "[transcoder]") {
    const auto rate = GENERATE(as<std::string>{}, "25", "30000/1001");
    const Made made(test::moving_picture(8.4, rate), {"--no-passthrough"});
    CHECK(test::faults(made.place / "out") == std::vector<std::string>{});
    CHECK(catalog::media::check_media_folder(made.place / "out").empty());
    REQUIRE(made.media.i_frames);
    CHECK(made.media.main.i_frames->rendition == "v90s");
    CHECK(made.media.main.i_frames->width == 160);
    CHECK(made.media.main.i_frames->height == 90);
    const auto& i_frames = *made.media.i_frames;
    CHECK(i_frames.target_duration == 2);
    CHECK(i_frames.segments.size() == 5);
    CHECK(i_frames.duration() == index_of(made.media).duration());
    for (const auto& frame : i_frames.segments)
        CHECK(made.bytes(frame.bytes).substr(4, 4) == "moof");
    CHECK(made.media.main.i_frames->bandwidth.peak <
          made.media.main.variants.front().bandwidth.peak);
    check_pictures(made);
}

TEST_CASE("where the source's packets are handed on, key frames of what is encoded are listed",
          "[transcoder]") {
    // Keys at 0, 4, 8 s: the encoded rendition has some between them.
    auto recording = test::moving_picture(9, "25");
    recording.insert(recording.end(), {"-g", "100", "-sc_threshold", "0"});
    const Made made(recording);
    REQUIRE(made.media.i_frames);
    CHECK(made.media.i_frames->file == "v90s.mp4");
    CHECK(made.media.i_frames->segments.size() > made.media.renditions.at("v90").segments.size());
    CHECK(test::faults(made.place / "out") == std::vector<std::string>{});
    check_pictures(made);
}

TEST_CASE("sound alone has no I-frames", "[transcoder]") {
    const Made made({"-f", "lavfi", "-i", "sine=f=440:d=2", "-c:a", "aac"});
    CHECK_FALSE(made.media.main.i_frames);
    for (const auto& entry : fs::directory_iterator(made.place / "out"))
        CHECK_FALSE(catalog::media::is_i_frames_file(entry.path().filename().string()));
}

TEST_CASE("I-frames are not listed while the renditions grow", "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4", test::moving_picture(120, "10"));
    std::size_t growing = 0;
    for (const std::size_t events : {6U, 10U, 14U}) {
        const auto out = folder / std::to_string(events);
        test::transcode_and_kill({folder / "in.mp4", out, "--no-passthrough"}, events);
        const auto media = catalog::media::read_media_folder(out);
        if (!media || media->ended())
            continue;
        ++growing;
        CHECK_FALSE(media->main.i_frames);
    }
    CHECK(growing > 0);
}

TEST_CASE("a rendition that was not written by us is not looked through", "[transcoder]") {
    const Made made(test::moving_picture(3));
    auto index = index_of(made.media);
    const auto file = made.place / "out" / index.file;
    REQUIRE(transcoder::folder::i_frames_of(file, index) == *made.media.i_frames);
    SECTION("no fragment where one should be") { index.init.size -= 1; }
    SECTION("a file that is too short") { fs::resize_file(file, index.init.end() + 100); }
    SECTION("no init section") { index.init = {0, 8}; }
    CHECK_THROWS(transcoder::folder::i_frames_of(file, index));
}
