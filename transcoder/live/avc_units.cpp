#include "transcoder/live/avc_units.h"

#include "transcoder/av/failure.h"
#include "transcoder/plan/avc.h"

#include <algorithm>
#include <cstring>

namespace transcoder::live {

namespace {

using Bytes = AvcUnits::Bytes;

/// ISO 14496-10, table 7-1.
enum Nal { slice = 1, idr = 5, sps = 7, pps = 8, delimiter = 9, filling = 12 };

constexpr std::size_t longest_set = 4096;

int type_of(Bytes unit) { return unit.front() & 0x1f; }

/// What lies between start codes (annex B), trailing zeros taken off.
std::vector<Bytes> between_start_codes(Bytes bytes) {
    std::vector<Bytes> units;
    std::optional<std::size_t> begin;
    const auto end_unit = [&](std::size_t end) {
        while (begin && end > *begin && bytes[end - 1] == 0)
            --end;
        if (begin && end > *begin)
            units.push_back(bytes.subspan(*begin, end - *begin));
    };
    for (std::size_t i = 0; i + 2 < bytes.size(); ++i) {
        if (bytes[i + 2] > 1) {
            i += 2;
        } else if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
            end_unit(i);
            begin = i + 3;
            i += 2;
        }
    }
    end_unit(bytes.size());
    return units;
}

std::vector<Bytes> behind_lengths(Bytes bytes, std::size_t length_size) {
    std::vector<Bytes> units;
    while (bytes.size() > length_size) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < length_size; ++i)
            size = size << 8U | bytes[i];
        bytes = bytes.subspan(length_size);
        if (size > bytes.size())
            return units;
        if (size > 0)
            units.push_back(bytes.first(size));
        bytes = bytes.subspan(size);
    }
    return units;
}

void append_sets(std::vector<std::uint8_t>& to, const std::vector<Bytes>& sets) {
    for (const auto set : sets) {
        to.push_back(static_cast<std::uint8_t>(set.size() >> 8U));
        to.push_back(static_cast<std::uint8_t>(set.size() & 0xffU));
        to.insert(to.end(), set.begin(), set.end());
    }
}

/// Profiles that say how colour is sampled: here always 4:2:0 of 8 bits, for nothing else is handed on.
bool has_chroma(int profile) { return profile >= 100; }

std::vector<std::uint8_t> configuration_of(const std::vector<Bytes>& sequence_sets,
                                           const std::vector<Bytes>& picture_sets) {
    const auto sequence = sequence_sets.front();
    std::vector<std::uint8_t> made{1, sequence[1], sequence[2], sequence[3], 0xff, 0xe1};
    append_sets(made, {sequence});
    made.push_back(static_cast<std::uint8_t>(picture_sets.size()));
    append_sets(made, picture_sets);
    if (has_chroma(sequence[1]))
        made.insert(made.end(), {0xfd, 0xf8, 0xf8, 0});
    return made;
}

void append_unit(std::vector<std::uint8_t>& to, Bytes unit) {
    for (int shift = 24; shift >= 0; shift -= 8)
        to.push_back(static_cast<std::uint8_t>(unit.size() >> static_cast<unsigned>(shift) & 0xffU));
    to.insert(to.end(), unit.begin(), unit.end());
}

av::Packet repacked(const AVPacket& like, const std::vector<std::uint8_t>& bytes) {
    auto packet = av::make_packet();
    av::check(av_new_packet(packet.get(), static_cast<int>(bytes.size())), "make room for a packet");
    std::memcpy(packet->data, bytes.data(), bytes.size());
    packet->pts = like.pts;
    packet->dts = like.dts;
    packet->duration = like.duration;
    packet->flags = like.flags & AV_PKT_FLAG_KEY;
    return packet;
}

} // namespace

void AvcUnits::describe(Bytes extradata) {
    if (extradata.empty())
        return;
    const auto read = plan::read_avc_configuration(extradata);
    framing_ = read ? Framing::lengths : Framing::start_codes;
    std::vector<Bytes> sets;
    if (read) {
        length_size_ = read->length_size;
        sets = read->sets;
    } else {
        sets = between_start_codes(extradata);
    }
    std::vector<Bytes> sequence_sets;
    std::vector<Bytes> picture_sets;
    for (const auto set : sets)
        (type_of(set) == Nal::sps ? sequence_sets : picture_sets).push_back(set);
    keep_sets(sequence_sets, picture_sets);
}

void AvcUnits::keep_sets(const std::vector<Bytes>& sequence_sets,
                         const std::vector<Bytes>& picture_sets) {
    const auto is_odd = [](Bytes set) { return set.size() < 4 || set.size() > longest_set; };
    constexpr std::size_t most_picture_sets = 31;
    if (sequence_sets.empty() || picture_sets.empty() || is_odd(sequence_sets.front()) ||
        picture_sets.size() > most_picture_sets ||
        std::ranges::any_of(picture_sets, [](Bytes set) { return set.size() > longest_set; }))
        return;
    configuration_ = configuration_of(sequence_sets, picture_sets);
}

std::vector<Bytes> AvcUnits::units_of(Bytes bytes) const {
    return framing_ == Framing::lengths ? behind_lengths(bytes, length_size_)
                                        : between_start_codes(bytes);
}

std::optional<AvcUnits::Unit> AvcUnits::take(const AVPacket& packet) {
    std::size_t size = 0;
    if (const auto* changed = av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, &size))
        describe({changed, size});
    std::vector<Bytes> sequence_sets;
    std::vector<Bytes> picture_sets;
    std::vector<std::uint8_t> bytes;
    bool has_picture = false;
    bool is_idr = false;
    for (const auto unit : units_of({packet.data, static_cast<std::size_t>(packet.size)})) {
        const int type = type_of(unit);
        if (type == Nal::sps)
            sequence_sets.push_back(unit);
        else if (type == Nal::pps)
            picture_sets.push_back(unit);
        else if (type != Nal::delimiter && type != Nal::filling)
            append_unit(bytes, unit);
        has_picture = has_picture || (type >= Nal::slice && type <= Nal::idr);
        is_idr = is_idr || type == Nal::idr;
    }
    keep_sets(sequence_sets, picture_sets);
    if (!has_picture || configuration_.empty())
        return std::nullopt;
    return Unit{repacked(packet, bytes), is_idr};
}

} // namespace transcoder::live
