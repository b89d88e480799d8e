#include "tests/transcoder/program.h"

#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"

#include <catch2/catch.hpp>

namespace {

namespace av = transcoder::av;

/// A rendition's pictures as they are shown, at a constant rate: what lasts is there again.
struct ShownPictures {
    std::vector<av::Frame> pictures;          ///< in the order they are shown
    std::vector<std::int64_t> shown_at;       ///< frames of the rendition's rate, as long

    const AVFrame& at(std::int64_t frame) const {
        std::size_t found = 0;
        while (found + 1 < pictures.size() && shown_at[found + 1] <= frame)
            ++found;
        return *pictures[found];
    }
};

ShownPictures read_pictures(const std::filesystem::path& file, double rate) {
    const auto source = av::SourceFile::open(file);
    av::Input input(source);
    input.only(0);
    const auto& stream = input.stream(0);
    av::Decoder decoder(stream);
    ShownPictures shown;
    const auto take = [&] {
        while (auto frame = decoder.receive()) {
            const double seconds = static_cast<double>(frame->pts) * av_q2d(stream.time_base);
            shown.shown_at.push_back(std::lround(seconds * rate));
            shown.pictures.push_back(std::move(frame));
        }
    };
    while (const auto packet = input.read()) {
        REQUIRE(decoder.send(packet.get()) == av::Decoder::Taken::yes);
        take();
    }
    decoder.send(nullptr);
    take();
    return shown;
}

/// The packets of a track, in their order.
std::vector<std::string> read_packets(const std::filesystem::path& file) {
    const auto source = av::SourceFile::open(file);
    av::Input input(source);
    std::vector<std::string> packets;
    while (const auto packet = input.read())
        packets.emplace_back(reinterpret_cast<const char*>(packet->data),
                             static_cast<std::size_t>(packet->size));
    return packets;
}

/// Where the pointer is: the middle of what is bright, in pixels from the left.
double pointer_in(const AVFrame& picture) {
    constexpr int bright = 150;
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (int row = 0; row < picture.height; ++row) {
        for (int column = 0; column < picture.width; ++column) {
            if (picture.data[0][row * picture.linesize[0] + column] < bright)
                continue;
            sum += column;
            ++count;
        }
    }
    return count == 0 ? -1 : static_cast<double>(sum) / static_cast<double>(count) + 0.5;
}

/// A grey slide over which a pointer of 8×8 pixels steps on every seven frames: also in the last
/// frame before a key frame (49), and before a segment's end (1049). The filter counts from 1.
void make_pointer(const std::filesystem::path& file) {
    test::make_recording(
        file, {"-f", "lavfi", "-i", "color=0x404040:s=640x480:r=25:d=44", "-f", "lavfi", "-i",
               "color=white:s=8x8:r=25:d=44", "-filter_complex",
               "[0][1]overlay=x='16+16*mod(floor((n-1)/7),36)':y=100:eval=frame,format=yuv420p",
               "-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-colorspace", "bt709"});
}

double pointer_at(std::int64_t source_frame) {
    return 16.0 + 16.0 * static_cast<double>(source_frame / 7 % 36) + 4.0;
}

} // namespace

TEST_CASE("a pointer of 8 by 8 pixels that moves is shown where it is, to the frame, in all renditions",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    make_pointer(folder / "in.mp4");
    REQUIRE(
        test::transcode({folder / "in.mp4", folder / "out", "--no-passthrough"}).status == 0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    struct Rendition {
        std::string name;
        std::size_t divisor;
    };
    for (const auto& [name, divisor] : {Rendition{"v480", 1}, Rendition{"v360", 2}}) {
        const auto shown = read_pictures(folder / "out" / (name + ".mp4"), 25.0 / static_cast<double>(divisor));
        const auto step = static_cast<std::int64_t>(divisor);
        std::vector<std::int64_t> wrong;
        for (std::int64_t frame = 0; frame * step < 1100; ++frame) {
            const auto& picture = shown.at(frame);
            const double scale = picture.width / 640.0;
            if (std::abs(pointer_in(picture) - scale * pointer_at(frame * step)) > 1.5)
                wrong.push_back(frame);
        }
        CAPTURE(name);
        CHECK(wrong == std::vector<std::int64_t>{});
        // Of a picture that stays for seven frames some are left out.
        CHECK(shown.pictures.size() * divisor * 4 < 1100 * 3);
    }
}

TEST_CASE("a slide that stays is encoded at once, soon again, and each half second",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    test::make_recording(folder / "in.mp4",
                         {"-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=0.04,loop=-1:1,fps=25",
                          "-t", "8", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt",
                          "yuv420p", "-qp", "0"});
    const auto run = test::transcode({folder / "in.mp4", folder / "out"});
    REQUIRE(run.status == 0);
    CHECK(run.last("finished")["duration_s"] == 8.0);
    CHECK(test::faults(folder / "out") == std::vector<std::string>{});
    const auto in_each_gop = [](std::int64_t gop, const std::vector<std::int64_t>& frames) {
        std::vector<std::int64_t> all;
        for (std::int64_t begin = 0; begin < 4 * gop; begin += gop)
            for (const auto frame : frames)
                all.push_back(begin + frame);
        return all;
    };
    // By one quantizer; and, thinner and with half the frames, within a rate.
    CHECK(read_pictures(folder / "out/v240.mp4", 25).shown_at ==
          in_each_gop(50, {0, 1, 13, 25, 37, 49}));
    CHECK(read_pictures(folder / "out/v240s.mp4", 12.5).shown_at ==
          in_each_gop(25, {0, 1, 3, 7, 13, 19}));
    // What the encoder made for the first GOP stands in all of them.
    const auto packets = read_packets(folder / "out/v240.mp4");
    constexpr std::size_t in_a_gop = 6;
    REQUIRE(packets.size() == 4 * in_a_gop);
    for (std::size_t i = in_a_gop; i < packets.size(); ++i)
        CHECK((packets[i] == packets[i - in_a_gop]));
}

TEST_CASE("slides that were killed anywhere, or made by other numbers of threads, are the same bytes",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    make_pointer(folder / "in.mp4");
    const std::string input = folder / "in.mp4";
    REQUIRE(test::transcode({input, folder / "whole", "--threads", "1"}).status == 0);
    const auto whole = test::contents(folder / "whole");
    const auto events = GENERATE(as<std::size_t>{}, 2, 4, 7);
    test::transcode_and_kill({input, folder / "killed"}, events);
    REQUIRE(test::transcode({input, folder / "killed", "--threads", "3"}).status == 0);
    CHECK((test::contents(folder / "killed") == whole));
}
