#include "transcoder/stages/straight_packets.h"

#include "transcoder/av/time.h"

namespace transcoder::stages {

using std::chrono::microseconds;

StraightPackets::StraightPackets(const av::SourceFile& file, const plan::Plan& plan, Of of)
    : file_(file), plan_(plan),
      stream_(of == Of::picture ? plan.source.picture->stream : plan.source.sound->stream) {
    if (plan.source.access == plan::SourceFacts::Access::in_order && plan.source.picture &&
        plan.source.sound)
        other_ = of == Of::picture ? plan.source.sound->stream : plan.source.picture->stream;
    restart();
}

void StraightPackets::restart() {
    input_.reset();
    input_.emplace(file_);
    input_->only(stream_, other_);
    clock_ = Clock();
}

bool StraightPackets::seek(microseconds instant) {
    const int picture = plan_.source.picture->stream;
    return input_->seek(picture, av::to_ticks(instant + plan_.source.origin,
                                              input_->stream(picture).time_base));
}

av::Packet StraightPackets::read() {
    for (;;) {
        auto packet = input_->read();
        if (packet && plan_.source.access == plan::SourceFacts::Access::in_order)
            straighten(*packet);
        if (!packet || packet->stream_index == stream_)
            return packet;
    }
}

void StraightPackets::straighten(AVPacket& packet) {
    const auto time_base = input_->stream(packet.stream_index).time_base;
    const auto decoded = av::to_microseconds(packet.dts, time_base);
    const auto shown = av::to_microseconds(packet.pts, time_base);
    // What is shown long after it is decoded, or before, says so by damage.
    constexpr std::chrono::seconds longest_wait{10};
    if (decoded && shown && (*shown - *decoded > longest_wait || *decoded - *shown > longest_wait))
        packet.pts = AV_NOPTS_VALUE;
    const auto instant = decoded ? decoded : shown;
    if (!instant)
        return;
    const bool is_picture =
        plan_.source.picture && packet.stream_index == plan_.source.picture->stream;
    auto lasts = av::to_microseconds(packet.duration, time_base).value_or(microseconds{0});
    if (is_picture && lasts <= microseconds{0})
        lasts = plan_.grid.at(1);
    const auto correction =
        av::to_ticks(clock_.correction(packet.stream_index, *instant, lasts), time_base);
    if (packet.pts != AV_NOPTS_VALUE)
        packet.pts += correction;
    if (packet.dts != AV_NOPTS_VALUE)
        packet.dts += correction;
}

std::optional<microseconds> StraightPackets::instant(std::int64_t ticks) const {
    constexpr microseconds longest = std::chrono::hours(24 * 366 * 100);
    const auto instant = av::to_microseconds(ticks, stream().time_base);
    if (!instant || *instant > longest || *instant < -longest)
        return std::nullopt;
    return *instant - plan_.source.origin;
}

} // namespace transcoder::stages
