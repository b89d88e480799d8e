#include "transcoder/stages/sound_lane.h"

#include "transcoder/av/fragment_muxer.h"

#include <algorithm>
#include <limits>

namespace transcoder::stages {

namespace {

constexpr std::int64_t packets_before = 8;
constexpr std::int64_t packets_after = 2;
constexpr std::int64_t samples = av::sound_packet_samples;

} // namespace

SoundLane::SoundLane(const plan::Plan& plan, SoundReader& reader, FragmentSink& sink)
    : plan_(plan), sound_(reader, plan.sound->treatment), sink_(sink) {}

void SoundLane::begin(std::int64_t frame) {
    encoder_.emplace(plan_.sound->bit_rate);
    form_ = encoder_->form();
    packets_.clear();
    const auto first = plan_.grid.sound_packet(frame);
    keep_from_ = first == 0 ? -1 : first;
    keep_to_ = std::numeric_limits<std::int64_t>::max();
    fed_ = std::max<std::int64_t>(0, first - packets_before);
    fragment_ = plan_.grid.first_fragment(plan_.grid.segment_of(frame, frame + plan_.grid.gop()));
    sound_.start_at(fed_ * samples);
}

void SoundLane::advance(std::int64_t frame) { feed(plan_.grid.sound_packet(frame)); }

void SoundLane::feed(std::int64_t packets_end) {
    for (; fed_ < packets_end; ++fed_) {
        encoder_->send(sound_.read(fed_ * samples, samples), fed_);
        take();
    }
}

void SoundLane::finish(std::int64_t end, Follows follows) {
    keep_to_ = plan_.grid.sound_packet(end);
    feed(keep_to_ + (follows == Follows::more ? packets_after : 0));
    encoder_->finish();
    take();
    cut(end);
    encoder_.reset();
}

void SoundLane::take() {
    while (auto packet = encoder_->receive()) {
        if (packet->pts < keep_from_ || packet->pts >= keep_to_)
            continue;
        const auto next_cut = plan_.grid.fragment_begin(fragment_ + 1);
        if (packet->pts >= plan_.grid.sound_packet(next_cut))
            cut(next_cut);
        if (packet->pts == keep_from_)
            sink_.describe(*form_, *packet);
        packets_.push_back(std::move(packet));
    }
}

void SoundLane::cut(std::int64_t end_frame) {
    if (packets_.empty())
        return;
    const auto begin = plan_.grid.fragment_begin(fragment_);
    for (auto& packet : packets_) {
        packet->pts = (packet->pts + form_->delay) * samples;
        packet->dts = packet->pts;
        packet->duration = samples;
    }
    sink_.add({fragment_, plan_.grid.segment_of(begin, end_frame),
               plan::sound_instant(plan_.grid.sound_packet(end_frame)),
               av::fragment(*form_, fragment_, packets_)});
    ++fragment_;
    packets_.clear();
}

} // namespace transcoder::stages
