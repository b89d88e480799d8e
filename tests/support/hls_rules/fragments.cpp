#include "tests/support/hls_rules/fragments.h"

#include <algorithm>

namespace hls_rules {

namespace {

/// Flags of tfhd and trun (ISO/IEC 14496-12, 8.8.7 and 8.8.8).
constexpr std::uint32_t tfhd_base_data_offset = 0x1;
constexpr std::uint32_t tfhd_description_index = 0x2;
constexpr std::uint32_t tfhd_duration = 0x8;
constexpr std::uint32_t tfhd_size = 0x10;
constexpr std::uint32_t tfhd_flags = 0x20;
constexpr std::uint32_t tfhd_base_is_moof = 0x20000;
constexpr std::uint32_t trun_data_offset = 0x1;
constexpr std::uint32_t trun_first_flags = 0x4;
constexpr std::uint32_t trun_duration = 0x100;
constexpr std::uint32_t trun_size = 0x200;
constexpr std::uint32_t trun_flags = 0x400;
constexpr std::uint32_t trun_composition = 0x800;

class FragmentReader {
  public:
    enum class Samples { all, first };

    FragmentReader(Bytes segment, const Track& track, const std::string& place, Breaches& breaches,
                   Samples wanted = Samples::all)
        : segment_(segment), track_(track), place_(place), breaches_(breaches), wanted_(wanted) {}

    Fragment read(const Box& moof) {
        moof_ = moof.offset;
        Fragment fragment;
        ByteReader header(body_at(moof.body, "mfhd"));
        header.skip(4);
        fragment.sequence = header.u32();
        for (const Box& box : boxes_in(moof.body)) {
            if (box.type == "traf") {
                read_track_fragment(box.body, fragment);
            }
        }
        return fragment;
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, otherwise});
        }
    }

    void read_track_fragment(Bytes traf, Fragment& fragment) {
        read_header(body_at(traf, "tfhd"));
        const bool has_time = has_box(traf, "tfdt");
        check_that(has_time, "S5", "a traf has no tfdt");
        if (has_time) {
            ByteReader time(body_at(traf, "tfdt"));
            const bool is_long = time.u32() >> 24U == 1;
            fragment.decode_time = is_long ? time.u64() : time.u32();
        }
        next_time_ = static_cast<std::int64_t>(fragment.decode_time.value_or(0));
        for (const Box& box : boxes_in(traf)) {
            if (box.type == "trun") {
                read_run(box.body, fragment);
            }
        }
    }

    void read_header(Bytes tfhd) {
        ByteReader reader(tfhd);
        const std::uint32_t flags = reader.u32() & 0xFFFFFFU;
        check_that(reader.u32() == track_.id, "S2",
                   "a traf is of a track that the init section lacks");
        check_that((flags & tfhd_base_is_moof) != 0, "S5", "default-base-is-moof is not set");
        check_that((flags & tfhd_base_data_offset) == 0, "S5", "there is a base-data-offset");
        reader.skip((flags & tfhd_base_data_offset) != 0 ? 8 : 0);
        reader.skip((flags & tfhd_description_index) != 0 ? 4 : 0);
        default_duration_ = (flags & tfhd_duration) != 0 ? reader.u32() : track_.default_duration;
        default_size_ = (flags & tfhd_size) != 0 ? reader.u32() : track_.default_size;
        reader.skip((flags & tfhd_flags) != 0 ? 4 : 0);
    }

    void read_run(Bytes trun, Fragment& fragment) {
        ByteReader reader(trun);
        const std::uint32_t flags = reader.u32() & 0xFFFFFFU;
        const std::uint32_t count = reader.u32();
        if ((flags & trun_data_offset) != 0) {
            const auto offset = static_cast<std::int64_t>(moof_) + reader.i32();
            next_byte_ = offset < 0 ? segment_.size() + 1 : static_cast<std::size_t>(offset);
        }
        reader.skip((flags & trun_first_flags) != 0 ? 4 : 0);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (wanted_ == Samples::first && !fragment.samples.empty()) {
                return;
            }
            fragment.samples.push_back(read_sample(reader, flags));
        }
    }

    Sample read_sample(ByteReader& reader, std::uint32_t flags) {
        Sample sample;
        sample.duration = (flags & trun_duration) != 0 ? reader.u32() : default_duration_;
        const std::size_t size = (flags & trun_size) != 0 ? reader.u32() : default_size_;
        reader.skip((flags & trun_flags) != 0 ? 4 : 0);
        // Version 0 means unsigned, but no composition time is that far away.
        const std::int64_t composition = (flags & trun_composition) != 0 ? reader.i32() : 0;
        if (next_byte_ > segment_.size() || size > segment_.size() - next_byte_) {
            throw Malformed("a sample lies outside its segment");
        }
        sample.bytes = segment_.subspan(next_byte_, size);
        sample.decode_time = next_time_;
        sample.presentation_time = next_time_ + composition;
        next_byte_ += size;
        next_time_ += sample.duration;
        return sample;
    }

    Bytes segment_;
    const Track& track_;
    const std::string& place_;
    Breaches& breaches_;
    Samples wanted_;
    std::size_t moof_ = 0;
    std::size_t next_byte_ = 0;
    std::int64_t next_time_ = 0;
    std::uint32_t default_duration_ = 0;
    std::uint32_t default_size_ = 0;
};

} // namespace

std::uint64_t Fragment::end() const {
    std::uint64_t time = decode_time.value_or(0);
    for (const Sample& sample : samples) {
        time += sample.duration;
    }
    return time;
}

std::vector<Fragment> read_fragments(Bytes segment, const Track& track, const std::string& place,
                                     Breaches& breaches) {
    std::vector<Fragment> fragments;
    try {
        FragmentReader reader(segment, track, place, breaches);
        for (const Box& box : boxes_in(segment)) {
            if (box.type == "moof") {
                fragments.push_back(reader.read(box));
            }
        }
        if (fragments.empty()) {
            breaches.push_back({"S2", place, "there is no moof in it"});
        }
    } catch (const Malformed& failure) {
        breaches.push_back({"S2", place, failure.what()});
    }
    return fragments;
}

Sample read_first_sample(Bytes range, const Track& track, const std::string& place,
                         Breaches& breaches) {
    constexpr std::size_t header = 8;
    ByteReader reader(range);
    const std::size_t size = reader.u32();
    const std::string type = reader.text(4);
    if (type != "moof") {
        throw Malformed("it starts with the box " + type + ", not with moof");
    }
    if (size < header || size > range.size()) {
        throw Malformed("its moof is not whole");
    }
    const Box moof{type, range.subspan(header, size - header), 0, size};
    FragmentReader fragment(range, track, place, breaches, FragmentReader::Samples::first);
    auto samples = fragment.read(moof).samples;
    if (samples.empty()) {
        throw Malformed("it holds no sample");
    }
    return samples.front();
}

} // namespace hls_rules
