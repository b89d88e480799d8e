#include "transcoder/live/sound_lane.h"

#include "transcoder/av/fragment_muxer.h"
#include "transcoder/plan/grid.h"

#include <algorithm>

namespace transcoder::live {

namespace {

constexpr std::int64_t packet_samples = av::sound_packet_samples;
/// Sent before the first that is kept, so that it does not begin with a click.
constexpr std::int64_t packets_before = 2;
/// The encoder gives a packet when it has the two behind it.
constexpr std::int64_t packets_ahead = 2;
constexpr std::int64_t furthest_ahead = 10 * av::sound_rate;

} // namespace

SoundLane::SoundLane(int bit_rate, Ticks begin, int number)
    : encoder_(bit_rate), form_(encoder_.form()), number_(number) {
    const auto first = sound_packet(begin);
    open_.at = begin;
    open_.start = catalog::media::Part::Start::independent;
    keep_from_ = first == 0 ? -1 : first;
    sent_ = std::max<std::int64_t>(0, first - packets_before);
    made_ = keep_from_;
}

void SoundLane::add(const av::Samples& samples, std::int64_t sample) {
    const auto base = sent_ * packet_samples;
    const auto skipped = std::max<std::int64_t>(0, base - sample);
    const auto count = static_cast<std::int64_t>(samples.size());
    if (skipped >= count || sample - base > furthest_ahead)
        return;
    const auto begin = static_cast<std::size_t>(sample + skipped - base);
    const auto needed = begin + static_cast<std::size_t>(count - skipped);
    for (std::size_t channel = 0; channel < planes_.size(); ++channel) {
        auto& plane = planes_[channel];
        if (plane.size() < needed)
            plane.resize(needed, 0.0F);
        std::copy(samples.planes[channel].begin() + skipped, samples.planes[channel].end(),
                  plane.begin() + static_cast<std::ptrdiff_t>(begin));
    }
}

bool SoundLane::reaches(Ticks at) const {
    const auto needed = sound_packet(at) + packets_ahead - sent_;
    return static_cast<std::int64_t>(planes_[0].size()) >= needed * packet_samples;
}

void SoundLane::cut(const Cut& cut) {
    if (cut.at > open_.at)
        close(cut.at);
    open_ = cut;
    // Any packet of sound can be begun with.
    open_.start = catalog::media::Part::Start::independent;
}

void SoundLane::end(Ticks at) {
    close(at);
    open_.at = at;
}

void SoundLane::forget_behind(Ticks at) {
    const auto kept = static_cast<std::size_t>(
        std::max<std::int64_t>(0, to_samples(at) - sent_ * packet_samples));
    for (auto& plane : planes_)
        plane.resize(std::min(plane.size(), kept));
}

void SoundLane::close(Ticks at) {
    const auto end = sound_packet(at);
    encode_before(end);
    std::vector<av::Packet> packets;
    for (; !packets_.empty() && packets_.front()->pts < end; packets_.pop_front())
        packets.push_back(std::move(packets_.front()));
    if (!described_)
        init_ = av::init_section(form_, *packets.front());
    described_ = true;
    for (auto& packet : packets) {
        packet->pts = (packet->pts + form_.delay) * packet_samples;
        packet->dts = packet->pts;
        packet->duration = packet_samples;
    }
    pieces_.push({std::exchange(init_, {}), av::fragment(form_, number_, packets),
                  plan::sound_instant(end) - plan::sound_instant(sound_packet(open_.at)),
                  open_.start});
    ++number_;
}

void SoundLane::encode_before(std::int64_t packet) {
    while (made_ < packet)
        send_next();
}

void SoundLane::send_next() {
    av::Samples samples;
    for (std::size_t channel = 0; channel < planes_.size(); ++channel) {
        auto& plane = planes_[channel];
        if (plane.size() < packet_samples)
            plane.resize(packet_samples, 0.0F);
        samples.planes[channel].assign(plane.begin(), plane.begin() + packet_samples);
        plane.erase(plane.begin(), plane.begin() + packet_samples);
    }
    encoder_.send(samples, sent_++);
    while (auto packet = encoder_.receive()) {
        if (packet->pts < keep_from_)
            continue;
        made_ = packet->pts + 1;
        packets_.push_back(std::move(packet));
    }
}

} // namespace transcoder::live
