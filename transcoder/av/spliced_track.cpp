#include "transcoder/av/spliced_track.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/time.h"

#include <algorithm>
#include <utility>

namespace transcoder::av {

namespace {

/// Of a second, where pictures are shown for a tick each: ten seconds of them are shorter than the join.
constexpr int fine_ticks = 90'000;

/// Instants are rounded to the microsecond on their way through playlists; packets lie farther apart.
constexpr std::chrono::milliseconds rounding{1};

bool is_key(const AVPacket& packet) { return (packet.flags & AV_PKT_FLAG_KEY) != 0; }

/// The places of those of `packets` that `is_one`, in the order in which they are shown: their pts.
template <class Is> std::vector<std::int64_t> in_order(const std::vector<Packet>& packets, Is is_one) {
    std::vector<std::int64_t> all;
    for (const auto& packet : packets)
        if (is_one(packet->pts))
            all.push_back(packet->pts);
    std::ranges::sort(all);
    return all;
}

std::int64_t place_in(const std::vector<std::int64_t>& order, std::int64_t pts) {
    return std::ranges::lower_bound(order, pts) - order.begin();
}

} // namespace

SplicedTrack::SplicedTrack(const SourceFile& file, std::span<const Piece> pieces) : input_(file) {
    input_.only(0);
    is_picture_ = stream().codecpar->codec_type == AVMEDIA_TYPE_VIDEO;
    time_base_ = stream().time_base;
    if (is_picture_ && !pieces.empty())
        time_base_.den *= (fine_ticks + time_base_.den - 1) / time_base_.den;
    instant_ = to_ticks(rounding, time_base_);
    std::chrono::microseconds shown{0};
    for (const auto& [begin, end] : pieces) {
        spans_.push_back({to_ticks(begin, time_base_), to_ticks(end, time_base_), to_ticks(shown, time_base_)});
        shown += end - begin + join;
    }
    fill();
}

Packet SplicedTrack::take() {
    auto packet = std::move(ready_.front());
    ready_.pop_front();
    if (ready_.empty())
        fill();
    return packet;
}

/// Until one is ready, or there are no more.
void SplicedTrack::fill() {
    const bool is_whole = spans_.empty();
    while (ready_.empty() && (is_whole || at_ < spans_.size())) {
        auto packet = input_.read();
        if (!packet) {
            if (at_ < spans_.size())
                end_piece();
            at_ = spans_.size();
            return;
        }
        if (is_whole)
            ready_.push_back(std::move(packet));
        else
            sort(std::move(packet));
    }
}

void SplicedTrack::sort(Packet packet) {
    if (packet->pts == AV_NOPTS_VALUE || packet->dts == AV_NOPTS_VALUE)
        throw Failure("tell when a packet is", AVERROR_INVALIDDATA);
    av_packet_rescale_ts(packet.get(), stream().time_base, time_base_);
    const auto decided_by = is_picture_ ? packet->dts + instant_ : packet->pts + packet->duration / 2;
    while (at_ < spans_.size() && decided_by >= spans_[at_].end)
        end_piece();
    if (at_ == spans_.size())
        return;
    if (is_picture_)
        take_picture(std::move(packet));
    else
        take_sound(std::move(packet));
}

void SplicedTrack::take_sound(Packet packet) {
    const auto& [begin, end, shown] = spans_[at_];
    // What begins the file needs the packet before it to be whole. What lies before 0 is priming.
    const auto leads_in = at_ == 0 ? packet->duration : 0;
    if (begin > 0 && packet->pts + packet->duration / 2 + leads_in < begin)
        return;
    const auto pts = packet->pts - begin + shown;
    give(std::move(packet), pts, pts);
}

void SplicedTrack::take_picture(Packet packet) {
    const auto& [begin, end, shown] = spans_[at_];
    if (!has_begun_) {
        if (is_key(*packet) && packet->pts <= begin + instant_)
            edge_.clear();
        const bool is_last = packet->dts + instant_ >= begin; // those behind it are all shown behind `begin`
        edge_.push_back(std::move(packet));
        if (is_last)
            release();
        has_begun_ = is_last;
        return;
    }
    if (!edge_.empty() || packet->pts + instant_ >= end) {
        edge_.push_back(std::move(packet));
        return;
    }
    const auto pts = packet->pts - begin + shown;
    const auto dts = packet->dts - begin + shown;
    give(std::move(packet), pts, dts);
}

/// Gives what lies around one of the piece's ends: what is not of it for a tick each, before its
/// beginning and behind its end; but the last picture before it stays where none begins with it.
void SplicedTrack::release() {
    const auto& [begin, end, shown] = spans_[at_];
    const auto from = begin - instant_;
    const auto until = end - instant_;
    const auto before = in_order(edge_, [from](std::int64_t pts) { return pts < from; });
    const auto behind = in_order(edge_, [until](std::int64_t pts) { return pts >= until; });
    const auto inside = in_order(edge_, [from](std::int64_t pts) { return pts >= from; });
    const bool stays = inside.empty() || inside.front() > begin + instant_;
    const auto hidden = static_cast<std::int64_t>(before.size());
    const auto delay = edge_.empty() ? 0 : edge_.front()->pts - edge_.front()->dts;
    std::int64_t count = 0;
    for (auto& packet : std::exchange(edge_, {})) {
        auto pts = std::max(packet->pts - begin + shown, shown);
        auto dts = packet->dts - begin + shown;
        if (packet->pts < from) {
            const auto place = place_in(before, packet->pts);
            pts = shown - hidden + place + (stays && place + 1 == hidden ? 1 : 0);
            dts = shown - delay - hidden + count;
        } else if (packet->pts >= until) {
            pts = shown + (end - begin) + 1 + place_in(behind, packet->pts);
        }
        ++count;
        give(std::move(packet), pts, dts);
    }
}

void SplicedTrack::end_piece() {
    release();
    has_begun_ = false;
    ++at_;
}

/// Decoded one after the other, and none shown before it is decoded.
void SplicedTrack::give(Packet packet, std::int64_t pts, std::int64_t dts) {
    const auto& [begin, end, shown] = spans_[at_];
    packet->dts = last_dts_ ? std::max(dts, *last_dts_ + 1) : dts;
    packet->pts = std::max(pts, packet->dts);
    const auto left = shown + (end - begin) - packet->pts;
    packet->duration = std::clamp<std::int64_t>(left, 1, std::max<std::int64_t>(packet->duration, 1));
    last_dts_ = packet->dts;
    ready_.push_back(std::move(packet));
}

} // namespace transcoder::av
