#include "transcoder/stages/passed_picture_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"

#include <algorithm>

namespace transcoder::stages {

namespace {

std::span<const std::uint8_t> bytes_of(const AVPacket& packet) {
    return {packet.data, static_cast<std::size_t>(packet.size)};
}

av::EncodedForm form_of(const plan::PassedPicture& passed, const AVStream& stream) {
    return {av::parameters_of(stream), {passed.timescale, passed.shortest}, passed.timescale,
            passed.shortest, passed.delay, passed.delay * passed.shortest};
}

} // namespace

PassedPictureLane::PassedPictureLane(const plan::Plan& plan, const AVStream& stream,
                                     FragmentSink& sink)
    : plan_(plan), passed_(*plan.source.passing.picture), sink_(sink),
      form_(form_of(passed_, stream)),
      configuration_(plan::read_avc_configuration(
          {form_.parameters->extradata,
           static_cast<std::size_t>(form_.parameters->extradata_size)})) {
    if (!configuration_)
        throw av::Failure("find the picture's configuration again", AVERROR_INVALIDDATA);
    // Before the first picture there are none; as if they were a frame apart.
    for (int i = passed_.delay; i > 0; --i)
        shown_.push_back(-std::int64_t{i} * passed_.shortest);
}

void PassedPictureLane::take(av::Packet packet) {
    packet->pts = passed_.clock.ticks(packet->pts);
    if (packet->pts >= passed_.cuts.back())
        throw av::Failure("keep to the picture's length", AVERROR_INVALIDDATA);
    const auto next = static_cast<std::size_t>(segment_) + 1;
    if (next + 1 < passed_.cuts.size() && packet->pts >= passed_.cuts[next])
        cut();
    // Containers mark other places too from which a picture recovers; only here it is whole at once.
    const bool is_key = plan::look_at(bytes_of(*packet), *configuration_) == plan::AvcPacket::idr;
    packet->flags = is_key ? AV_PKT_FLAG_KEY : 0;
    av_packet_free_side_data(packet.get());
    if (packets_.empty() && segment_ == 0)
        sink_.describe(form_, *packet);
    packets_.push_back(std::move(packet));
}

void PassedPictureLane::finish() {
    if (static_cast<std::size_t>(segment_) + 2 != passed_.cuts.size())
        throw av::Failure("find all cuts of the picture again", AVERROR_INVALIDDATA);
    last_ = Last::yes;
    cut();
    sink_.finish();
}

void PassedPictureLane::cut() {
    stamp();
    const auto& grid = plan_.grid;
    if (static_cast<std::size_t>(segment_) >= sink_.segments())
        sink_.add({segment_, segment_, grid.at(grid.segment_begin(segment_ + 1)),
                   av::fragment(form_, segment_, packets_)});
    ++segment_;
    packets_.clear();
}

void PassedPictureLane::stamp() {
    const auto before = static_cast<std::ptrdiff_t>(shown_.size());
    for (const auto& packet : packets_)
        shown_.push_back(packet->pts);
    std::sort(shown_.begin() + before, shown_.end());
    shown_.push_back(passed_.cuts[static_cast<std::size_t>(segment_) + 1]);
    for (std::size_t i = 0; i < packets_.size(); ++i) {
        auto& packet = *packets_[i];
        packet.pts += form_.lead;
        packet.dts = shown_[i] + form_.lead;
        packet.duration = shown_[i + 1] - shown_[i];
    }
    if (last_ == Last::yes)
        stay_to_the_end();
    shown_.pop_back();
    shown_.erase(shown_.begin(), shown_.end() - passed_.delay);
}

/// Samples say how long decoding rests: where the last picture stays on, the last decoded says it.
void PassedPictureLane::stay_to_the_end() {
    const auto end = passed_.cuts.back() + form_.lead;
    const auto reaches_end = [end](const av::Packet& packet) {
        return packet->pts + packet->duration >= end;
    };
    if (std::ranges::none_of(packets_, reaches_end))
        packets_.back()->duration = end - packets_.back()->pts;
}

} // namespace transcoder::stages
