#include "tests/transcoder/program.h"

#include "transcoder/av/input.h"
#include "transcoder/plan/avc.h"

#include <catch2/catch.hpp>

using namespace transcoder;
using plan::AvcPacket;

namespace {

using Bytes = std::vector<std::uint8_t>;

/// The configuration and the first packets of a track that x264 made.
struct Track {
    Bytes configuration;
    std::vector<Bytes> packets;
};

Track make_track(const std::vector<std::string>& words) {
    const test::TemporaryFolder folder;
    std::vector<std::string> all{"-f",  "lavfi", "-i",       "testsrc2=s=160x96:r=25:d=1",
                                 "-an", "-g",    "12",       "-c:v",
                                 "libx264",      "-pix_fmt", "yuv420p"};
    all.insert(all.end(), words.begin(), words.end());
    test::make_recording(folder / "in.mp4", all);
    const auto file = av::SourceFile::open(folder / "in.mp4");
    av::Input input(file);
    const auto& parameters = *input.stream(0).codecpar;
    Track track{{parameters.extradata, parameters.extradata + parameters.extradata_size}, {}};
    while (const auto packet = input.read())
        track.packets.emplace_back(packet->data, packet->data + packet->size);
    return track;
}

} // namespace

TEST_CASE("a configuration tells profile, level and whether fields are coded", "[transcoder]") {
    const auto frames = make_track({"-profile:v", "main", "-level", "3.1"});
    const auto read = plan::read_avc_configuration(frames.configuration);
    REQUIRE(read.has_value());
    CHECK(read->profile == 77);
    CHECK(read->level == 31);
    CHECK(read->length_size == 4);
    CHECK(read->sets.size() == 2);
    CHECK(read->coded == plan::AvcConfiguration::Coded::frames);
    const auto fields = make_track({"-x264-params", "tff=1"});
    CHECK(plan::read_avc_configuration(fields.configuration)->coded ==
          plan::AvcConfiguration::Coded::fields);
    // Scaling lists lie before what is looked for.
    const auto with_lists = make_track({"-x264-params", "cqm=jvt"});
    CHECK(plan::read_avc_configuration(with_lists.configuration)->coded ==
          plan::AvcConfiguration::Coded::frames);
}

TEST_CASE("a configuration that is cut off anywhere is none", "[transcoder]") {
    const auto whole = make_track({}).configuration;
    // High profile has a few bytes behind the sets.
    const std::size_t sets = whole.size() - (whole[1] >= 100 ? 4 : 0);
    for (std::size_t size = 0; size < sets; ++size) {
        CAPTURE(size);
        const std::span<const std::uint8_t> cut(whole.data(), size);
        CHECK_FALSE(plan::read_avc_configuration(cut).has_value());
    }
}

TEST_CASE("a packet is an IDR picture by what it holds", "[transcoder]") {
    const auto track = make_track({});
    const auto configuration = *plan::read_avc_configuration(track.configuration);
    std::size_t keys = 0;
    for (const auto& packet : track.packets) {
        const auto seen = plan::look_at(packet, configuration);
        CHECK((seen == AvcPacket::idr || seen == AvcPacket::other));
        keys += seen == AvcPacket::idr ? 1U : 0U;
    }
    CHECK(keys == 3);
    CHECK(plan::look_at(track.packets[0], configuration) == AvcPacket::idr);
}

TEST_CASE("a packet with other parameters, layers or half a unit is told from others",
          "[transcoder]") {
    const auto track = make_track({});
    const auto configuration = *plan::read_avc_configuration(track.configuration);
    const auto with_unit = [&](std::uint8_t type) {
        Bytes packet{0, 0, 0, 2, type, 0x80};
        packet.insert(packet.end(), track.packets[1].begin(), track.packets[1].end());
        return plan::look_at(packet, configuration);
    };
    CHECK(with_unit(0x67) == AvcPacket::changing);
    CHECK(with_unit(0x68) == AvcPacket::changing);
    CHECK(with_unit(0x6f) == AvcPacket::layered);
    CHECK(with_unit(0x74) == AvcPacket::layered);
    CHECK(with_unit(0x09) == AvcPacket::other);
    const auto& whole = track.packets[1];
    const std::span<const std::uint8_t> half(whole.data(), whole.size() / 2);
    CHECK(plan::look_at(half, configuration) == AvcPacket::broken);
    CHECK(plan::look_at({}, configuration) == AvcPacket::broken);
    CHECK(plan::look_at(Bytes{0, 0, 0, 0}, configuration) == AvcPacket::broken);
}
