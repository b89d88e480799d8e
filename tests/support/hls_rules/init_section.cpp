#include "tests/support/hls_rules/init_section.h"

#include <algorithm>
#include <set>

namespace hls_rules {

namespace {

/// Reads a box's version and flags; gives the version.
int take_version(ByteReader& reader) {
    return static_cast<int>(reader.u32() >> 24U);
}

class InitReader {
  public:
    InitReader(Bytes bytes, const std::string& place, Breaches& breaches)
        : bytes_(bytes), place_(place), breaches_(breaches) {}

    Track read() {
        const auto boxes = boxes_in(bytes_);
        check_order(boxes);
        check_brands(the_box(boxes, "ftyp").body);
        const Bytes moov = the_box(boxes, "moov").body;
        check_that(has_box(moov, "mvex"), "S1", "there is no mvex");
        check_movie_header(body_at(moov, "mvhd"));
        const auto in_moov = boxes_in(moov);
        const auto tracks = std::ranges::count(in_moov, "trak", &Box::type);
        check_that(tracks == 1, "S9", "there are " + std::to_string(tracks) + " tracks, not one");
        Track track = read_track(the_box(in_moov, "trak").body);
        read_defaults(body_at(moov, "mvex/trex"), track);
        return track;
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, otherwise});
        }
    }

    void check_order(const std::vector<Box>& boxes) {
        const bool starts_right =
            boxes.size() >= 2 && boxes[0].type == "ftyp" && boxes[1].type == "moov";
        check_that(starts_right, "S1", "it does not start with ftyp and moov");
        const bool has_samples = std::ranges::count(boxes, "mdat", &Box::type) > 0 ||
                                 std::ranges::count(boxes, "moof", &Box::type) > 0;
        check_that(!has_samples, "S1", "it holds samples");
    }

    void check_brands(Bytes ftyp) {
        ByteReader reader(ftyp);
        std::set<std::string> brands{reader.text(4)};
        reader.skip(4);
        while (!reader.empty()) {
            brands.insert(reader.text(4));
        }
        const bool fits = std::ranges::any_of(
            brands, [](const std::string& brand) { return brand >= "iso6" && brand <= "iso9"; });
        check_that(fits, "S1", "ftyp names no brand from iso6 on");
    }

    void check_movie_header(Bytes mvhd) {
        ByteReader reader(mvhd);
        const std::size_t time_size = take_version(reader) == 1 ? 8 : 4;
        reader.skip(2 * time_size + 4);
        check_that(reader.number(time_size) == 0, "S1", "mvhd has a duration");
    }

    Track read_track(Bytes trak) {
        Track track;
        read_track_header(body_at(trak, "tkhd"), track);
        if (has_box(trak, "edts/elst")) {
            read_edits(body_at(trak, "edts/elst"), track);
        }
        read_media_header(body_at(trak, "mdia/mdhd"), track);
        ByteReader handler(body_at(trak, "mdia/hdlr"));
        handler.skip(8);
        const std::string kind = handler.text(4);
        track.kind = kind == "vide"   ? Track::Kind::picture
                     : kind == "soun" ? Track::Kind::sound
                                      : Track::Kind::other;
        check_that(track.kind != Track::Kind::other, "V1",
                   "its track is neither picture nor sound");
        const Bytes table = body_at(trak, "mdia/minf/stbl");
        check_that(has_no_samples(table), "S1", "its sample tables are not empty");
        check_references(body_at(trak, "mdia/minf/dinf/dref"));
        read_sample_entry(body_at(table, "stsd"), track);
        return track;
    }

    void read_track_header(Bytes tkhd, Track& track) {
        ByteReader reader(tkhd);
        const std::size_t time_size = take_version(reader) == 1 ? 8 : 4;
        reader.skip(2 * time_size);
        track.id = reader.u32();
        reader.skip(4);
        check_that(reader.number(time_size) == 0, "S1", "tkhd has a duration");
        reader.skip(52);
        track.width = static_cast<int>(reader.u32() >> 16U);
        track.height = static_cast<int>(reader.u32() >> 16U);
    }

    void read_edits(Bytes elst, Track& track) {
        ByteReader reader(elst);
        const std::size_t time_size = take_version(reader) == 1 ? 8 : 4;
        const std::uint32_t count = reader.u32();
        check_that(count <= 1, "S8", "there is more than one edit");
        if (count == 0) {
            return;
        }
        reader.skip(time_size);
        const std::uint64_t time = reader.number(time_size);
        const bool is_empty = time == (time_size == 8 ? ~0ULL : 0xFFFFFFFFULL);
        check_that(!is_empty, "S8", "its edit is an empty one");
        track.first_tick = is_empty ? 0 : static_cast<std::int64_t>(time);
    }

    static void read_media_header(Bytes mdhd, Track& track) {
        ByteReader reader(mdhd);
        const std::size_t time_size = take_version(reader) == 1 ? 8 : 4;
        reader.skip(2 * time_size);
        track.timescale = reader.u32();
        if (track.timescale == 0) {
            throw Malformed("mdhd has no timescale");
        }
    }

    static bool has_no_samples(Bytes table) {
        const auto count_in = [&](const char* box, std::size_t skipped) {
            ByteReader reader(body_at(table, box));
            reader.skip(skipped);
            return reader.u32();
        };
        return count_in("stts", 4) == 0 && count_in("stsc", 4) == 0 && count_in("stsz", 8) == 0;
    }

    void check_references(Bytes dref) {
        constexpr std::uint32_t in_this_file = 1;
        ByteReader reader(dref);
        reader.skip(8);
        for (const Box& box : boxes_in(reader.rest())) {
            ByteReader reference(box.body);
            check_that((reference.u32() & in_this_file) != 0, "S5", "its data lie in another file");
        }
    }

    void read_sample_entry(Bytes stsd, Track& track) {
        ByteReader reader(stsd);
        reader.skip(4);
        check_that(reader.u32() == 1, "S10", "there is more than one sample description");
        const auto entries = boxes_in(reader.rest());
        if (entries.empty()) {
            throw Malformed("there is no sample description");
        }
        const Box& entry = entries.front();
        if (track.kind == Track::Kind::picture) {
            read_picture(entry, track);
        } else {
            read_sound(entry, track);
        }
    }

    void read_picture(const Box& entry, Track& track) {
        constexpr std::size_t fields_before_boxes = 78;
        check_that(entry.type == "avc1", "V11", "it is coded as " + entry.type + ", not avc1");
        ByteReader reader(entry.body);
        reader.skip(fields_before_boxes);
        track.avc = read_avc_configuration(body_at(reader.rest(), "avcC"));
        track.codec = track.avc->codec();
        const int profile = track.avc->profile;
        check_that(profile == 66 || profile == 77 || profile == 100, "V11",
                   "its profile is above High");
        check_that(track.avc->level <= 52, "V11", "its level is above 5.2");
        for (const Bytes sps : track.avc->sps) {
            check_that(codes_frames_only(sps), "V11", "it is not progressive");
        }
        if (has_box(reader.rest(), "colr")) {
            ByteReader colour(body_at(reader.rest(), "colr"));
            colour.skip(6);
            track.transfer = colour.u16();
        }
    }

    void read_sound(const Box& entry, Track& track) {
        check_that(entry.type == "mp4a", "S9", "it is coded as " + entry.type + ", not AAC");
        ByteReader reader(entry.body);
        reader.skip(16);
        track.channels = reader.u16();
        reader.skip(6);
        track.sample_rate = static_cast<int>(reader.u32() >> 16U);
        const int object = read_audio_object(body_at(reader.rest(), "esds"));
        track.codec = "mp4a.40." + std::to_string(object);
        check_that(object == 2, "S9", "it is not AAC-LC");
        check_that(track.sample_rate == 44'100 || track.sample_rate == 48'000, "S9",
                   "it has " + std::to_string(track.sample_rate) + " samples a second");
        check_that(track.channels == 1 || track.channels == 2, "S9",
                   "it has " + std::to_string(track.channels) + " channels");
    }

    /// The length of a descriptor (ISO/IEC 14496-1, 8.3.3).
    static std::size_t take_length(ByteReader& reader) {
        std::size_t length = 0;
        for (int i = 0; i < 4; ++i) {
            const std::uint8_t byte = reader.u8();
            length = length << 7U | (byte & 0x7FU);
            if ((byte & 0x80U) == 0) {
                break;
            }
        }
        return length;
    }

    static void expect_descriptor(ByteReader& reader, int tag) {
        if (reader.u8() != tag) {
            throw Malformed("esds is not made as it should be");
        }
        take_length(reader);
    }

    /// The audio object type in an esds box.
    static int read_audio_object(Bytes esds) {
        ByteReader reader(esds);
        reader.skip(4);
        expect_descriptor(reader, 3);
        reader.skip(2);
        if (reader.u8() != 0) {
            throw Malformed("esds refers to another stream");
        }
        expect_descriptor(reader, 4);
        reader.skip(13);
        expect_descriptor(reader, 5);
        return reader.u8() >> 3U;
    }

    static void read_defaults(Bytes trex, Track& track) {
        ByteReader reader(trex);
        reader.skip(12);
        track.default_duration = reader.u32();
        track.default_size = reader.u32();
        track.default_flags = reader.u32();
    }

    Bytes bytes_;
    const std::string& place_;
    Breaches& breaches_;
};

} // namespace

std::optional<Track> read_init_section(Bytes bytes, const std::string& place, Breaches& breaches) {
    try {
        return InitReader(bytes, place, breaches).read();
    } catch (const Malformed& failure) {
        breaches.push_back(
            {"S1", place, std::string("its init section is broken: ") + failure.what()});
        return std::nullopt;
    }
}

} // namespace hls_rules
