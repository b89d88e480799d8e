#include "transcoder/withdraw/remade_sound.h"

#include "catalog/media/bandwidth.h"
#include "transcoder/av/decoder.h"
#include "transcoder/av/fragment_muxer.h"
#include "transcoder/av/input.h"
#include "transcoder/av/sound_encoder.h"
#include "transcoder/withdraw/shown.h"

#include <algorithm>
#include <stdexcept>

namespace transcoder::withdraw {

namespace {

constexpr std::int64_t samples = av::sound_packet_samples;
constexpr std::int64_t fed_before = 8 * samples;
constexpr std::int64_t fed_behind = 2 * samples;
constexpr int least_bit_rate = 32'000;
constexpr int most_bit_rate = 192'000;

[[noreturn]] void fail() { throw std::runtime_error("sound cannot be read back"); }

/// What is heard, a sample a tick.
class Heard {
  public:
    explicit Heard(int channels) : planes_(static_cast<std::size_t>(channels)) {}

    void add(const AVFrame& frame) {
        if (frame.format != AV_SAMPLE_FMT_FLTP || frame.ch_layout.nb_channels != static_cast<int>(planes_.size()))
            fail();
        if (planes_[0].empty())
            begin_ = frame.pts;
        for (std::size_t channel = 0; channel < planes_.size(); ++channel) {
            auto& plane = planes_[channel];
            plane.resize(static_cast<std::size_t>(std::max<std::int64_t>(frame.pts - begin_, 0)));
            const auto* from = reinterpret_cast<const float*>(frame.data[channel]);
            plane.insert(plane.end(), from, from + frame.nb_samples);
        }
    }

    void silence(const TickSpan& span) {
        for (auto& plane : planes_) {
            const auto size = static_cast<std::int64_t>(plane.size());
            const auto from = std::clamp<std::int64_t>(span.begin - begin_, 0, size);
            const auto to = std::clamp<std::int64_t>(span.end - begin_, 0, size);
            std::fill(plane.begin() + from, plane.begin() + std::max(from, to), 0.0F);
        }
    }

    /// The samples of a packet; silence where there are none. Of one channel both sides are the same.
    av::Samples at(std::int64_t begin) const {
        av::Samples taken;
        for (std::size_t side = 0; side < taken.planes.size(); ++side) {
            const auto& plane = planes_[std::min(side, planes_.size() - 1)];
            taken.planes[side].resize(static_cast<std::size_t>(samples));
            for (std::int64_t i = 0; i < samples; ++i) {
                const auto place = begin + i - begin_;
                if (place >= 0 && place < static_cast<std::int64_t>(plane.size()))
                    taken.planes[side][static_cast<std::size_t>(i)] = plane[static_cast<std::size_t>(place)];
            }
        }
        return taken;
    }

  private:
    std::vector<std::vector<float>> planes_;   ///< a channel each
    std::int64_t begin_ = 0;
};

struct Decoded {
    std::shared_ptr<const AVCodecParameters> parameters;
    int timescale = 0;
    std::vector<av::Packet> packets;   ///< of all segments
    Heard heard;
};

Decoded decoded(const std::string& bytes) {
    av::Input input(bytes);
    input.only(0);
    const auto& stream = input.stream(0);
    Decoded all{av::parameters_of(stream), stream.time_base.den, {}, Heard(stream.codecpar->ch_layout.nb_channels)};
    if (stream.codecpar->codec_id != AV_CODEC_ID_AAC || stream.time_base.den != stream.codecpar->sample_rate ||
        stream.codecpar->ch_layout.nb_channels > 2)
        fail();
    av::Decoder decoder(stream);
    const auto take = [&] {
        while (const auto frame = decoder.receive())
            all.heard.add(*frame);
    };
    while (auto packet = input.read()) {
        decoder.send(packet.get());
        take();
        all.packets.push_back(std::move(packet));
    }
    decoder.send(nullptr);
    take();
    return all;
}

int bit_rate_of(const Rendition& rendition) {
    const auto& index = rendition.index();
    const auto average = catalog::media::measure(index.segments, index.target_duration).average;
    return std::clamp(static_cast<int>(average), least_bit_rate, most_bit_rate);
}

/// The packets `[begin, end)`, in samples, of a track that begins with the first of them or not.
std::vector<av::Packet> encoded(const Decoded& original, int bit_rate, std::int64_t begin, std::int64_t end,
                                bool is_beginning) {
    const auto channels =
        original.parameters->ch_layout.nb_channels == 1 ? av::Channels::mono : av::Channels::stereo;
    av::SoundEncoder encoder(bit_rate, channels, av::Search::thorough, original.parameters->sample_rate);
    // An encoder's first packet is one before the first that it is fed.
    const auto from = is_beginning ? begin + samples : begin - fed_before;
    std::vector<av::Packet> packets;
    const auto take = [&] {
        while (auto packet = encoder.receive()) {
            packet->pts = from + packet->pts * samples;
            if (packet->pts >= begin && packet->pts < end)
                packets.push_back(std::move(packet));
        }
    };
    for (std::int64_t number = 0; from + number * samples < end + fed_behind; ++number) {
        encoder.send(original.heard.at(from + number * samples), number);
        take();
    }
    encoder.finish();
    take();
    return packets;
}

} // namespace

std::vector<std::string> remade_sound(const Rendition& rendition, const std::vector<catalog::Span>& spans,
                                      std::size_t first, std::size_t last) {
    const auto& segments = rendition.index().segments;
    const auto init = rendition.init_of(first);
    const auto from = first > 0 && rendition.init_of(first - 1) == init ? first - 1 : first;
    const auto to = last < segments.size() && rendition.init_of(last) == init ? last + 1 : last;
    auto original = decoded(rendition.playable(from, to));
    for (const auto& span : in_ticks(spans, {1, original.timescale}))
        original.heard.silence(span);

    std::vector<std::vector<FragmentFacts>> fragments;
    std::size_t before = 0;   // packets of the segment that is only listened to
    std::size_t count = 0;
    for (auto at = from; at < last; ++at) {
        auto facts = fragments_in(rendition.bytes(segments[at].bytes));
        for (const auto& fragment : facts)
            (at < first ? before : count) += fragment.samples;
        if (at >= first)
            fragments.push_back(std::move(facts));
    }
    if (count == 0 || before + count > original.packets.size())
        fail();
    const auto begin = original.packets[before]->pts;
    const auto end = begin + static_cast<std::int64_t>(count) * samples;
    const auto shift = fragments.front().front().decoded - original.packets[before]->dts;
    auto packets = encoded(original, bit_rate_of(rendition), begin, end, first == 0);
    if (packets.size() != count)
        fail();

    const av::EncodedForm form{original.parameters, {0, 1}, original.timescale, av::sound_packet_samples, 1, 0};
    std::vector<std::string> made;
    std::size_t next = 0;
    for (const auto& facts : fragments) {
        auto& segment = made.emplace_back();
        for (const auto& fragment : facts) {
            const std::span taken(packets.data() + next, fragment.samples);
            for (std::size_t i = 0; i < taken.size(); ++i) {
                const auto& was = *original.packets[before + next + i];
                if (was.pts != taken[i]->pts)
                    fail();
                taken[i]->pts = was.pts + shift;
                taken[i]->dts = was.dts + shift;
                taken[i]->duration = was.duration;
            }
            segment += av::fragment(form, fragment.number, taken);
            next += fragment.samples;
        }
    }
    return made;
}

} // namespace transcoder::withdraw
