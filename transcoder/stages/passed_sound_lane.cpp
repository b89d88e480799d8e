#include "transcoder/stages/passed_sound_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"
#include "transcoder/plan/sound_scan.h"

namespace transcoder::stages {

PassedSoundLane::PassedSoundLane(const plan::Plan& plan, const AVStream& stream,
                                 FragmentSink& sink)
    : sink_(sink),
      form_{av::parameters_of(stream), {0, 1}, stream.codecpar->sample_rate,
            plan::samples_a_packet,    0,      plan.source.passing.sound->lead},
      cuts_(*plan.source.passing.picture, *plan.source.passing.sound,
            stream.codecpar->sample_rate) {}

void PassedSoundLane::take(av::Packet packet) {
    if (next_ == cuts_.packet(segment_ + 1))
        cut();
    if (segment_ == cuts_.segments())
        return;
    packet->pts = next_ * plan::samples_a_packet;
    packet->dts = packet->pts;
    packet->duration = plan::samples_a_packet;
    packet->flags = AV_PKT_FLAG_KEY;
    av_packet_free_side_data(packet.get());
    if (next_ == 0)
        sink_.describe(form_, *packet);
    packets_.push_back(std::move(packet));
    ++next_;
}

void PassedSoundLane::finish() {
    if (segment_ < cuts_.segments())
        cut();
    if (segment_ != cuts_.segments() || next_ != cuts_.packet(segment_))
        throw av::Failure("find all cuts of the sound again", AVERROR_INVALIDDATA);
    sink_.finish();
}

void PassedSoundLane::cut() {
    if (segment_ == cuts_.segments())
        return;
    if (static_cast<std::size_t>(segment_) >= sink_.segments())
        sink_.add({segment_, segment_, cuts_.instant(segment_ + 1),
                   av::fragment(form_, segment_, packets_)});
    ++segment_;
    packets_.clear();
}

} // namespace transcoder::stages
