#include "transcoder/live/sound_source.h"

#include <cmath>
#include <cstdlib>

namespace transcoder::live {

namespace {

constexpr AVRational tick{1, static_cast<int>(second)};

} // namespace

std::optional<SoundSource::Heard> SoundSource::take(const AVStream& stream, const AVPacket& packet) {
    if (!decoder_)
        decoder_.emplace(stream);
    decoder_->send(&packet);
    Heard heard;
    // Of several frames in one packet of a transport stream only the first is stamped.
    heard.at = packet.pts != AV_NOPTS_VALUE ? av_rescale_q(packet.pts, stream.time_base, tick)
                                            : follows_.value_or(0);
    while (const auto frame = decoder_->receive()) {
        if (!av::Resampler::can_be(*frame))
            continue;
        if (!resampler_ || !resampler_->fits(*frame))
            resampler_.emplace(*frame);
        const auto samples = resampler_->convert(*frame);
        for (std::size_t channel = 0; channel < samples.planes.size(); ++channel) {
            auto& plane = heard.samples.planes[channel];
            for (const float sample : samples.planes[channel])
                plane.push_back(std::isfinite(sample) ? sample : 0.0F);
        }
    }
    follows_ = heard.at + av_rescale(static_cast<std::int64_t>(heard.samples.size()), second,
                                     av::sound_rate);
    return heard.samples.size() > 0 ? std::optional(std::move(heard)) : std::nullopt;
}

std::optional<std::int64_t> SoundSource::place(Ticks at, std::size_t samples, Ticks now) {
    constexpr Ticks furthest = 3 * second;
    constexpr std::int64_t tremble = av::sound_rate * 60 / 1000;
    const auto count = static_cast<std::int64_t>(samples);
    if (std::abs(at + shift_ - now) > furthest) {
        strange_ += av_rescale(count, second, av::sound_rate);
        if (strange_ < second)
            return std::nullopt;
        shift_ = now - at;
        expected_.reset();
    }
    strange_ = 0;
    auto begin = to_samples(at + shift_);
    if (expected_ && std::abs(begin - *expected_) < tremble)
        begin = *expected_;
    expected_ = begin + count;
    return begin;
}

void SoundSource::jump() {
    expected_.reset();
    shift_ = 0;
    strange_ = 0;
}

} // namespace transcoder::live
