#include "transcoder/av/resampler.h"

#include "transcoder/av/failure.h"

namespace transcoder::av {

namespace {

/// Of channels that nobody knows a place for (tracks of a mixing desk) the first two are heard.
void take_first_two(SwrContext& context, int channels) {
    std::vector<double> matrix(2 * static_cast<std::size_t>(channels));
    matrix[0] = 1;
    matrix[static_cast<std::size_t>(channels) + 1] = 1;
    check(swr_set_matrix(&context, matrix.data(), channels), "choose channels");
}

} // namespace

Resampler::Resampler(const AVFrame& like)
    : rate_(like.sample_rate), format_(like.format), channels_in_(like.ch_layout.nb_channels),
      channels_out_(channels_in_ == 1 ? 1 : 2) {
    AVChannelLayout from{};
    // A layout that only counts its channels is taken for the usual one of that many.
    if (like.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&from, channels_in_);
    else
        check(av_channel_layout_copy(&from, &like.ch_layout), "read the channel layout");
    // Mono stays one channel here and is doubled below: a mix to stereo would make it quieter.
    AVChannelLayout to{};
    av_channel_layout_default(&to, channels_out_);
    SwrContext* context = nullptr;
    const int made = swr_alloc_set_opts2(&context, &to, AV_SAMPLE_FMT_FLTP, sound_rate, &from,
                                         static_cast<AVSampleFormat>(like.format),
                                         like.sample_rate, 0, nullptr);
    context_.reset(context);
    const bool is_unknown = from.order == AV_CHANNEL_ORDER_UNSPEC;
    av_channel_layout_uninit(&from);
    av_channel_layout_uninit(&to);
    check(made, "set up resampling");
    if (is_unknown)
        take_first_two(*context_, channels_in_);
    check(swr_init(context_.get()), "start resampling");
}

bool Resampler::can_be(const AVFrame& frame) {
    constexpr int most_channels = 64;
    constexpr int slowest = 1'000;
    constexpr int fastest = 800'000;
    return frame.nb_samples > 0 && frame.sample_rate >= slowest && frame.sample_rate <= fastest &&
           frame.ch_layout.nb_channels > 0 && frame.ch_layout.nb_channels <= most_channels;
}

bool Resampler::fits(const AVFrame& frame) const {
    return frame.sample_rate == rate_ && frame.format == format_ &&
           frame.ch_layout.nb_channels == channels_in_;
}

Samples Resampler::convert(const AVFrame& frame) {
    return take(const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
}

Samples Resampler::flush() { return take(nullptr, 0); }

std::int64_t Resampler::held_back() const { return swr_get_delay(context_.get(), sound_rate); }

Samples Resampler::take(const std::uint8_t** planes, int count) {
    const int room = check(swr_get_out_samples(context_.get(), count), "resample");
    Samples samples;
    std::array<std::uint8_t*, 2> out{};
    for (int channel = 0; channel < channels_out_; ++channel) {
        auto& plane = samples.planes[static_cast<std::size_t>(channel)];
        plane.resize(static_cast<std::size_t>(room));
        out[static_cast<std::size_t>(channel)] = reinterpret_cast<std::uint8_t*>(plane.data());
    }
    const int got = check(swr_convert(context_.get(), out.data(), room, planes, count), "resample");
    samples.planes[0].resize(static_cast<std::size_t>(got));
    if (channels_out_ == 1)
        samples.planes[1] = samples.planes[0];
    else
        samples.planes[1].resize(static_cast<std::size_t>(got));
    return samples;
}

} // namespace transcoder::av
