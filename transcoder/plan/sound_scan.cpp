#include "transcoder/plan/sound_scan.h"

#include "transcoder/av/time.h"
#include "transcoder/plan/grid.h"
#include "transcoder/plan/passed_cuts.h"

#include <algorithm>
#include <cstdlib>

namespace transcoder::plan {

using std::chrono::microseconds;

SoundScan::SoundScan(const AVFormatContext& input, const SourceFacts& facts)
    : stream_(*input.streams[facts.sound->stream]), facts_(facts), why_not_(speaks_against()) {}

std::string SoundScan::speaks_against() const {
    const auto& parameters = *stream_.codecpar;
    if (parameters.codec_id != AV_CODEC_ID_AAC || parameters.profile != FF_PROFILE_AAC_LOW)
        return "codec";
    // AudioSpecificConfig (ISO 14496-3 1.6.2.1): AAC-LC is object type 2. None: ADTS.
    if (parameters.extradata_size < 2 || parameters.extradata[0] >> 3 != 2)
        return "codec";
    if (parameters.sample_rate != 44'100 && parameters.sample_rate != 48'000)
        return "sample_rate";
    if (parameters.ch_layout.nb_channels > 2)
        return "channels";
    return {};
}

std::int64_t SoundScan::samples(std::int64_t stamp) const {
    const auto time_base = stream_.time_base;
    const AVRational sample{1, stream_.codecpar->sample_rate};
    return av_rescale_q_rnd(stamp, time_base, sample, AV_ROUND_NEAR_INF) -
           av::to_ticks(facts_.origin, sample);
}

void SoundScan::take(const AVPacket& packet) {
    if (const auto instant = av::to_microseconds(packet.pts, stream_.time_base)) {
        const auto lasts = av::to_microseconds(packet.duration, stream_.time_base);
        end_ = std::max(end_, *instant - facts_.origin + lasts.value_or(microseconds{0}));
    }
    if (why_not_.empty())
        why_not_ = speaks_against(packet);
    if (!why_not_.empty())
        return;
    if (sizes_.empty())
        first_ = samples(packet.pts);
    sizes_.push_back(static_cast<std::uint32_t>(packet.size));
}

std::string SoundScan::speaks_against(const AVPacket& packet) const {
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0)
        return "damaged";
    if (packet.pts == AV_NOPTS_VALUE)
        return "time_stamps";
    if (av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr)
        return "changing_parameters";
    const auto expected = first_ + static_cast<std::int64_t>(sizes_.size()) * samples_a_packet;
    if (!sizes_.empty() && std::abs(samples(packet.pts) - expected) > samples_a_packet)
        return "gaps";
    return {};
}

std::optional<PassedSound> SoundScan::no(const char* why) {
    why_not_ = why;
    return std::nullopt;
}

std::optional<PassedSound> SoundScan::finish(const PassedPicture& picture) {
    if (!why_not_.empty())
        return std::nullopt;
    if (sizes_.empty())
        return no("gaps");
    // Up to a packet late is as near as sound can be cut.
    if (first_ > samples_a_packet)
        return no("late");
    constexpr int longest_lead = 4 * samples_a_packet;
    if (-first_ > longest_lead)
        return no("edit_list");
    PassedSound sound;
    sound.lead = static_cast<int>(std::max<std::int64_t>(0, -first_));
    sound.packets = static_cast<std::int64_t>(sizes_.size());
    const PassedCuts cuts(picture, sound, stream_.codecpar->sample_rate);
    if (cuts.wanted() > sound.packets + 1)
        return no("short");
    std::vector<catalog::media::Segment> segments;
    for (int i = 0; i < cuts.segments(); ++i) {
        catalog::media::Segment segment{cuts.instant(i + 1) - cuts.instant(i), {}};
        for (auto packet = cuts.packet(i); packet < cuts.packet(i + 1); ++packet)
            segment.bytes.size += sizes_[static_cast<std::size_t>(packet)] + 8;
        segments.push_back(segment);
    }
    const Grid grid = Grid::cut_at({25, 1}, 1, picture.timescale, picture.cuts);
    sound.bandwidth = catalog::media::measure(segments, grid.target_duration());
    // The thinnest line carries this sound too, and must stay below 192 kbit/s with it (rule V8).
    constexpr std::uint64_t most_bits_a_second = 72'000;
    if (sound.bandwidth.peak > most_bits_a_second)
        return no("bit_rate");
    return sound;
}

} // namespace transcoder::plan
