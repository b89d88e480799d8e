#include "tests/hls_rules/good_folder.h"

#include <catch2/catch.hpp>

#include <functional>

namespace hls_rules {

namespace {

/// A rendition's file with boxes that can be found and changed.
class Track {
  public:
    Track(const GoodFolder& folder, std::string name)
        : folder_(folder), file_(std::move(name) + ".mp4"), bytes_(folder.read(file_)) {}
    Track(const Track&) = delete;
    Track& operator=(const Track&) = delete;
    ~Track() { folder_.write(file_, bytes_); }

    /// Where the body of the n-th box of `type` begins.
    std::size_t body(const std::string& type, int n = 0) const {
        std::size_t at = bytes_.find(type);
        for (int i = 0; i < n && at != std::string::npos; ++i) {
            at = bytes_.find(type, at + 1);
        }
        INFO(file_ << " has no box " << type << " number " << n);
        REQUIRE(at != std::string::npos);
        return at + 4;
    }

    void rename(const std::string& type, const std::string& other, int n = 0) {
        bytes_.replace(body(type, n) - 4, 4, other);
    }

    char& at(std::size_t place) { return bytes_.at(place); }

    /// Adds to the last byte of a big-endian number that ends before `end`.
    void add(std::size_t end, int more) { at(end - 1) = static_cast<char>(at(end - 1) + more); }

    /// Where the first NAL unit of `type` stands in what the n-th mdat holds.
    std::size_t nal_unit(int type, int n) const {
        std::size_t place = body("mdat", n);
        for (;;) {
            std::size_t size = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                size = size << 8 | static_cast<unsigned char>(bytes_.at(place + i));
            }
            if ((bytes_.at(place + 4) & 0x1F) == type) {
                return place + 4;
            }
            place += 4 + size;
        }
    }

  private:
    const GoodFolder& folder_;
    std::string file_;
    std::string bytes_;
};

struct Case {
    std::string rule; ///< that must be found broken
    std::string what;
    std::function<void(Track&)> break_it;
};

void check_all(const std::vector<Case>& cases,
               const std::string& (GoodFolder::*rendition)() const) {
    for (const Case& each : cases) {
        const GoodFolder folder;
        {
            Track track(folder, (folder.*rendition)());
            each.break_it(track);
        }
        INFO(each.rule << ": " << each.what << "\n" << folder.said());
        CHECK(folder.broken().contains(each.rule));
    }
}

} // namespace

TEST_CASE("each rule of an init section that is broken is found", "[hls]") {
    check_all(
        {
            {"S1", "no box of movie extension", [](Track& track) { track.rename("mvex", "free"); }},
            {"S1", "no movie header", [](Track& track) { track.rename("mvhd", "free"); }},
            {"S1", "a movie with a duration",
             [](Track& track) { track.add(track.body("mvhd") + 20, 1); }},
            {"S1", "a track with a duration",
             [](Track& track) { track.add(track.body("tkhd") + 24, 1); }},
            {"S1", "an old brand", [](Track& track) { track.rename("iso6", "iso2"); }},
            {"S1", "a sample in the table",
             [](Track& track) { track.add(track.body("stsz") + 12, 1); }},
            {"S1", "a box that is not whole",
             [](Track& track) { track.add(track.body("moov") - 4, 50); }},
            {"S5", "data in another file",
             [](Track& track) { track.add(track.body("url ") + 4, -1); }},
            {"S9", "two tracks", [](Track& track) { track.rename("mvex", "trak"); }},
            {"S10", "two sample descriptions",
             [](Track& track) { track.add(track.body("stsd") + 8, 1); }},
            {"V11", "another way to keep parameters",
             [](Track& track) { track.rename("avc1", "avc3"); }},
            {"V11", "a profile above High",
             [](Track& track) { track.at(track.body("avcC") + 1) = 110; }},
            {"V11", "a level above 5.2",
             [](Track& track) { track.at(track.body("avcC") + 3) = 60; }},
            {"V1", "a level that the playlist does not say",
             [](Track& track) { track.add(track.body("avcC") + 4, 1); }},
            {"V3", "another width", [](Track& track) { track.add(track.body("tkhd") + 78, 2); }},
            {"G4", "an edit that starts later",
             [](Track& track) { track.at(track.body("elst") + 14) = 0; }},
            {"S8", "an empty edit",
             [](Track& track) {
                 for (std::size_t i = 12; i < 16; ++i) {
                     track.at(track.body("elst") + i) = '\xFF';
                 }
             }},
        },
        &GoodFolder::second);
}

TEST_CASE("each rule of a segment that is broken is found", "[hls]") {
    check_all(
        {
            {"S2", "no fragment",
             [](Track& track) {
                 track.rename("moof", "free", 1);
                 track.rename("moof", "free", 0);
                 track.rename("moof", "free", 0);
             }},
            {"S2", "a fragment of another track",
             [](Track& track) { track.add(track.body("tfhd", 1) + 8, 1); }},
            {"S2", "a sample behind the segment's end",
             [](Track& track) { track.at(track.body("trun", 2) + 8) = 0x7F; }},
            {"S2", "a box that is not whole",
             [](Track& track) { track.at(track.body("mdat", 2) - 8) = 0x01; }},
            {"S2", "samples that are no NAL units",
             [](Track& track) { track.at(track.body("mdat", 1)) = 0x7F; }},
            {"S5", "no decode time", [](Track& track) { track.rename("tfdt", "free", 1); }},
            {"S5", "offsets from elsewhere",
             [](Track& track) { track.add(track.body("tfhd", 1) + 2, -2); }},
            {"S6", "a decode time with a hole",
             [](Track& track) { track.add(track.body("tfdt", 1) + 12, 1); }},
            {"S6", "sequence numbers that stand still",
             [](Track& track) { track.add(track.body("mfhd", 1) + 8, -1); }},
            {"S7", "a segment that starts with no IDR picture",
             [](Track& track) { track.at(track.nal_unit(5, 3)) = 0x61; }},
            {"S10", "other parameters on the way",
             [](Track& track) { track.at(track.nal_unit(6, 0)) = 0x67; }},
        },
        &GoodFolder::second);
}

TEST_CASE("each rule of sound that is broken is found", "[hls]") {
    check_all(
        {
            {"S9", "three channels", [](Track& track) { track.at(track.body("mp4a") + 17) = 3; }},
            {"S9", "another sampling rate",
             [](Track& track) { track.at(track.body("mp4a") + 24) = 0x11; }},
            {"S9", "another codec", [](Track& track) { track.rename("mp4a", "ac-3"); }},
            {"S6", "a decode time with a hole",
             [](Track& track) { track.add(track.body("tfdt", 1) + 12, 1); }},
        },
        &GoodFolder::sound);
}

} // namespace hls_rules
