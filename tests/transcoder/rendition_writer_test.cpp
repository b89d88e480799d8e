#include "tests/support/temporary_folder.h"
#include "transcoder/av/picture_encoder.h"
#include "transcoder/folder/rendition_writer.h"

#include <catch2/catch.hpp>

using transcoder::folder::RenditionWriter;
using transcoder::stages::Fragment;
using namespace std::chrono_literals;

namespace {

using Synced = RenditionWriter::Shape::Synced;

constexpr int gop = 50;
constexpr int a_segment = 3;

/// An encoder's form and its first packet.
struct Described {
    transcoder::av::EncodedForm form;
    transcoder::av::Packet first;
};

Described describe() {
    transcoder::av::PictureSettings settings;
    settings.size = {64, 64};
    settings.frame_rate = {25, 1};
    settings.key_interval = gop;
    settings.max_rate = 100'000;
    settings.buffer = 200'000;
    settings.timescale = 12'800;
    settings.frame_ticks = 512;
    transcoder::av::PictureEncoder encoder(settings);
    auto frame = transcoder::av::make_frame();
    frame->format = AV_PIX_FMT_YUV420P;
    frame->width = 64;
    frame->height = 64;
    REQUIRE(av_frame_get_buffer(frame.get(), 0) == 0);
    for (std::size_t plane = 0; plane < 3; ++plane)
        std::fill_n(frame->data[plane], frame->linesize[plane] * (plane == 0 ? 64 : 32),
                    std::uint8_t{128});
    encoder.send(*frame, {0, 1}, transcoder::av::PictureEncoder::Kind::key);
    encoder.finish();
    return {encoder.form(), encoder.receive()};
}

class Fixture {
  public:
    RenditionWriter writer(Synced synced = Synced::each) {
        const auto ignore = [](const RenditionWriter&, std::size_t,
                               const catalog::media::Segment&) {};
        const auto first_fragment = [](int segment) { return segment * a_segment; };
        return {folder.path(), "v64", {6, first_fragment, synced}, ignore};
    }
    /// So many whole fragments, beginning with `first`.
    static void add(RenditionWriter& writer, int first, int count) {
        for (int number = first; number < first + count; ++number)
            writer.add({number, number / a_segment, std::chrono::seconds(2) * (number + 1),
                        "fragment " + std::to_string(number) + ";"});
    }
    const test::TemporaryFolder folder;
    const Described described = describe();
};

} // namespace

TEST_CASE_METHOD(Fixture, "fragments that come out of order are written in order",
                 "[transcoder]") {
    auto writer = this->writer();
    writer.describe(described.form, *described.first);
    for (const int number : {2, 0, 3, 1, 5, 4, 6})
        add(writer, number, 1);
    CHECK(writer.segments() == 2);
    writer.finish();
    writer.close();
    const auto playlist = writer.playlist();
    CHECK(playlist.segments.size() == 3);
    const auto bytes = folder.read("v64.mp4").substr(playlist.init.size);
    CHECK(bytes == "fragment 0;fragment 1;fragment 2;fragment 3;fragment 4;fragment 5;fragment 6;");
    CHECK(folder.read("v64.m3u8") == catalog::media::to_file_text(playlist));
}

TEST_CASE_METHOD(Fixture, "segments that come fast go to the disk several at once",
                 "[transcoder]") {
    const auto indexed = [this] {
        return catalog::media::parse_file_text(folder.read("v64.m3u8"))->segments.size();
    };
    auto writer = this->writer(Synced::many);
    writer.describe(described.form, *described.first);
    add(writer, 0, 2 * a_segment);
    CHECK(indexed() == 1);
    add(writer, 2 * a_segment, 20 * a_segment);
    CHECK(indexed() < 21);
    CHECK(writer.segments() == indexed());
    writer.finish();
    CHECK(indexed() == 22);
}

TEST_CASE_METHOD(Fixture, "a segment is named once it is known that no sliver follows it",
                 "[transcoder]") {
    auto writer = this->writer();
    writer.describe(described.form, *described.first);
    add(writer, 0, 3);
    CHECK(writer.segments() == 0);
    SECTION("a sliver is joined to it") {
        writer.add({3, 0, 6080ms, "sliver"});
        CHECK(writer.segments() == 0);
        writer.finish();
        CHECK(writer.playlist().segments.size() == 1);
        CHECK(writer.playlist().duration() == 6080ms);
    }
    SECTION("more is a segment of its own") {
        writer.add({3, 1, 6800ms, "more"});
        CHECK(writer.segments() == 1);
        writer.finish();
        CHECK(writer.playlist().segments.size() == 2);
    }
}

TEST_CASE_METHOD(Fixture, "what stands behind the index is cut off, and work goes on from there",
                 "[transcoder]") {
    std::string whole;
    {
        auto writer = this->writer();
        writer.describe(described.form, *described.first);
        add(writer, 0, 4);
        whole = folder.read("v64.mp4");
    }
    folder.write("v64.mp4", whole + "half a fragm");
    folder.write("v64.m3u8", folder.read("v64.m3u8") + "#EXTINF:6.0");
    auto writer = this->writer();
    CHECK(writer.segments() == 1);
    writer.describe(described.form, *described.first);
    add(writer, 0, 7);
    CHECK(writer.segments() == 2);
    const auto playlist = writer.playlist();
    const auto bytes = folder.read("v64.mp4").substr(playlist.init.size);
    CHECK(bytes == "fragment 0;fragment 1;fragment 2;fragment 3;fragment 4;fragment 5;fragment 6;");
    CHECK(folder.read("v64.m3u8") == catalog::media::to_file_text(playlist));
}

TEST_CASE_METHOD(Fixture, "an index that names more than the file holds is not gone on with",
                 "[transcoder]") {
    {
        auto writer = this->writer();
        writer.describe(described.form, *described.first);
        add(writer, 0, 4);
    }
    folder.write("v64.mp4", "short");
    CHECK(this->writer().segments() == 0);
}
