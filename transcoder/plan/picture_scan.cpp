#include "transcoder/plan/picture_scan.h"

#include "transcoder/av/time.h"
#include "transcoder/plan/cuts.h"
#include "transcoder/plan/grid.h"
#include "transcoder/plan/ladder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

namespace transcoder::plan {

namespace {

using std::chrono::microseconds;

/// hls-rules.md 5.1 leaves it to the house: what a viewer's line must bear at the top.
constexpr std::uint64_t most_bits_a_second = 8'000'000;
constexpr int highest_level = 52;
constexpr int deepest_reordering = 16;

/// The rate of the source, near rates taken for the usual ones: what `conformed_rate` divides.
FrameRate meant_rate(FrameRate source) {
    const auto conformed = conformed_rate(source);
    const auto times = std::max(1L, std::lround(source.value() / conformed.value()));
    return {static_cast<int>(conformed.num * times), conformed.den};
}

/// Enough ticks a second for players; where it can be, with a whole number of them a frame.
int factor_of(int source_timescale, FrameRate rate) {
    constexpr int least = 12'800;
    constexpr int most = 1'000'000;
    const int first = (least + source_timescale - 1) / source_timescale;
    for (int factor = first; std::int64_t{factor} * source_timescale <= most; ++factor)
        if (std::int64_t{factor} * source_timescale * rate.den % rate.num == 0)
            return factor;
    return first;
}

bool is_turned(const AVStream& stream) {
    std::size_t size = 0;
    const auto* side = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (side == nullptr || size < 9 * sizeof(std::int32_t))
        return false;
    const auto* matrix = reinterpret_cast<const std::int32_t*>(side);
    constexpr std::int32_t one = 1 << 16;
    return matrix[0] != one || matrix[1] != 0 || matrix[3] != 0 || matrix[4] != one;
}

bool brings_new_parameters(const AVPacket& packet) {
    return av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr ||
           av_packet_get_side_data(&packet, AV_PKT_DATA_PARAM_CHANGE, nullptr) != nullptr;
}

std::span<const std::uint8_t> bytes_of(const AVPacket& packet) {
    return {packet.data, static_cast<std::size_t>(packet.size)};
}

} // namespace

PictureScan::PictureScan(const AVFormatContext& input, const SourceFacts& facts)
    : stream_(*input.streams[facts.picture->stream]), facts_(facts) {
    const auto& parameters = *stream_.codecpar;
    if (parameters.codec_id == AV_CODEC_ID_H264)
        configuration_ = read_avc_configuration(
            {parameters.extradata, static_cast<std::size_t>(parameters.extradata_size)});
    why_not_ = speaks_against(input);
}

std::string PictureScan::speaks_against(const AVFormatContext& input) const {
    const auto& parameters = *stream_.codecpar;
    const auto& picture = *facts_.picture;
    if (parameters.codec_id != AV_CODEC_ID_H264)
        return "codec";
    const std::string_view format = input.iformat->name;
    if ((!format.starts_with("mov") && !format.starts_with("matroska")) || !configuration_)
        return "container";
    const int profile = configuration_->profile;
    if ((profile != 66 && profile != 77 && profile != 100) ||
        configuration_->level > highest_level)
        return "profile";
    if (parameters.format == AV_PIX_FMT_YUVJ420P || parameters.color_range == AVCOL_RANGE_JPEG)
        return "full_range";
    if (parameters.format != AV_PIX_FMT_YUV420P)
        return "pixel_format";
    if (picture.fields == PictureFacts::Fields::interlaced ||
        configuration_->coded == AvcConfiguration::Coded::fields)
        return "interlaced";
    if (picture.light == PictureFacts::Light::high)
        return "high_light";
    if (picture.quarter_turns != 0 || is_turned(stream_))
        return "rotation";
    const auto sar = parameters.sample_aspect_ratio;
    if (sar.num != sar.den && sar.num != 0)
        return "pixel_shape";
    const auto top = ladder(picture.shown, conformed_rate(picture.rate)).back();
    if (top.width != parameters.width || top.height != parameters.height)
        return "size";
    constexpr int finest_clock = 10'000'000;
    if (stream_.time_base.num != 1 || stream_.time_base.den > finest_clock)
        return "clock";
    return {};
}

void PictureScan::take(const AVPacket& packet) {
    if (why_not_.empty())
        why_not_ = speaks_against(packet);
    if (!why_not_.empty())
        return;
    taken_.push_back({packet.pts, static_cast<std::uint32_t>(packet.size)});
    if (taken_.size() == 1 || packet.pts > latest_) {
        latest_ = packet.pts;
        latest_lasts_ = packet.duration;
    }
}

std::string PictureScan::speaks_against(const AVPacket& packet) {
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0)
        return "damaged";
    if ((packet.flags & AV_PKT_FLAG_DISCARD) != 0)
        return "edit_list";
    if (packet.pts == AV_NOPTS_VALUE)
        return "time_stamps";
    if (brings_new_parameters(packet))
        return "changing_parameters";
    const auto seen = look_at(bytes_of(packet), *configuration_);
    if (seen == AvcPacket::changing)
        return "changing_parameters";
    if (seen == AvcPacket::layered)
        return "profile";
    if (seen == AvcPacket::broken)
        return "damaged";
    const bool is_first = taken_.empty();
    if (is_first && seen != AvcPacket::idr)
        return "no_keyframe_at_start";
    // What follows an IDR picture is shown behind it, what precedes it before it: closed GOPs.
    const auto bound = seen == AvcPacket::idr ? latest_ : taken_[keys_.back()].stamp;
    if (!is_first && packet.pts <= bound)
        return "order";
    if (seen == AvcPacket::idr)
        keys_.push_back(taken_.size());
    return {};
}

std::optional<PassedPicture> PictureScan::no(const char* why) {
    why_not_ = why;
    return std::nullopt;
}

std::optional<PassedPicture> PictureScan::finish(microseconds sound_end) {
    if (!why_not_.empty())
        return std::nullopt;
    if (taken_.empty())
        return no("no_keyframe_at_start");
    PassedPicture picture;
    if (!set_clock(picture))
        return no("late");
    if (!set_order(picture))
        return no("order");
    constexpr double fastest = 60.001;
    if (picture.shortest * fastest < picture.timescale)
        return no("frame_rate");
    const auto end = end_of(picture, sound_end);
    // Of one picture, or less than a second, no rates can be told that players believe.
    if (end > std::int64_t{24 * 3600} * picture.timescale || end < picture.timescale ||
        taken_.size() < 2)
        return no("length");
    std::vector<std::int64_t> keys;
    for (const auto key : keys_)
        keys.push_back(picture.clock.ticks(taken_[key].stamp));
    picture.cuts = choose_cuts(keys, end, picture.timescale);
    if (!are_bearable(picture.cuts, picture.timescale))
        return no("keyframes_too_far_apart");
    picture.bandwidth = measure(picture);
    if (picture.bandwidth.peak > most_bits_a_second)
        return no("bit_rate");
    return picture;
}

/// False where the picture begins too late to be shown from the beginning.
bool PictureScan::set_clock(PassedPicture& picture) const {
    const auto rate = meant_rate(facts_.picture->rate);
    auto& clock = picture.clock;
    clock.factor = factor_of(stream_.time_base.den, rate);
    picture.timescale = clock.factor * stream_.time_base.den;
    const auto first = taken_.front().stamp;
    clock.origin = std::min(av::to_ticks(facts_.origin, stream_.time_base), first);
    clock.first = (first - clock.origin) * clock.factor;
    clock = on_frames(clock, picture.timescale);
    return clock.first <= 2 * std::int64_t{picture.timescale};
}

/// Containers that count milliseconds round the steps of a constant rate: where every stamp is
/// within a tick of a frame, the frames are meant.
PassClock PictureScan::on_frames(PassClock clock, int timescale) const {
    const auto rate = meant_rate(facts_.picture->rate);
    const auto frame = std::int64_t{timescale} * rate.den;
    if (frame % rate.num != 0 || frame / rate.num < 4 * clock.factor)
        return clock;
    auto rounded = clock;
    rounded.unit = static_cast<int>(frame / rate.num);
    const auto is_near = [&](const Taken& taken) {
        const auto exact = (taken.stamp - clock.origin) * clock.factor;
        const auto frames = scaled(exact - clock.first, 1, rounded.unit);
        return std::abs(clock.first + frames * rounded.unit - exact) <= clock.factor;
    };
    return std::ranges::all_of(taken_, is_near) ? rounded : clock;
}

/// Finds the reordering and the shortest step; false where two pictures are shown at once.
bool PictureScan::set_order(PassedPicture& picture) const {
    std::int64_t shortest = std::int64_t{picture.timescale} * 10;
    std::optional<std::int64_t> before;
    std::vector<std::pair<std::int64_t, std::size_t>> shown;
    for (std::size_t key = 0; key < keys_.size(); ++key) {
        const auto begin = keys_[key];
        const auto end = key + 1 < keys_.size() ? keys_[key + 1] : taken_.size();
        shown.clear();
        for (auto i = begin; i < end; ++i)
            shown.emplace_back(picture.clock.ticks(taken_[i].stamp), i);
        std::ranges::sort(shown);
        for (std::size_t rank = 0; rank < shown.size(); ++rank) {
            const auto [time, number] = shown[rank];
            if (before)
                shortest = std::min(shortest, time - *before);
            before = time;
            const auto ahead =
                static_cast<std::int64_t>(number) - static_cast<std::int64_t>(begin + rank);
            picture.delay = std::max(picture.delay, static_cast<int>(ahead));
        }
    }
    picture.shortest = static_cast<int>(shortest);
    return shortest > 0 && picture.delay <= deepest_reordering;
}

std::int64_t PictureScan::end_of(const PassedPicture& picture, microseconds sound_end) const {
    const auto& clock = picture.clock;
    const auto rate = meant_rate(facts_.picture->rate);
    const auto usual = std::max(std::int64_t{picture.shortest},
                                std::int64_t{picture.timescale} * rate.den / rate.num);
    auto lasts = latest_lasts_ * clock.factor;
    if (clock.unit > 1)
        lasts = scaled(lasts, 1, clock.unit) * clock.unit;
    // One that says it stays for longer than a segment is a broken header.
    if (lasts < picture.shortest || lasts > std::int64_t{10} * picture.timescale)
        lasts = usual;
    const auto end = clock.ticks(latest_) + lasts;
    constexpr std::int64_t longest_cut_us = 500'000;
    const auto end_us = scaled(end, 1'000'000, picture.timescale);
    if (sound_end.count() <= end_us + longest_cut_us)
        return end;
    // The camera was switched off first: the last picture stays.
    const auto frames = scaled(sound_end.count() - end_us, picture.timescale, 1'000'000) / usual;
    return end + frames * usual;
}

catalog::media::Bandwidth PictureScan::measure(const PassedPicture& picture) const {
    constexpr std::uint64_t beside_a_packet = 16;
    std::vector<catalog::media::Segment> segments(picture.cuts.size() - 1);
    std::size_t segment = 0;
    std::size_t key = 0;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
        if (key < keys_.size() && keys_[key] == i) {
            ++key;
            const auto time = picture.clock.ticks(taken_[i].stamp);
            if (segment + 1 < segments.size() && time >= picture.cuts[segment + 1])
                ++segment;
        }
        segments[segment].bytes.size += taken_[i].bytes + beside_a_packet;
    }
    const auto instant = [&](std::size_t cut) {
        return microseconds(scaled(picture.cuts[cut], 1'000'000, picture.timescale));
    };
    for (std::size_t i = 0; i < segments.size(); ++i)
        segments[i].duration = instant(i + 1) - instant(i);
    const Grid grid = Grid::cut_at({25, 1}, 1, picture.timescale, picture.cuts);
    return catalog::media::measure(segments, grid.target_duration());
}

} // namespace transcoder::plan
