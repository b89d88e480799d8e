#include "transcoder/av/sound_encoder.h"

#include "transcoder/av/failure.h"

#include <cassert>
#include <cstring>
#include <new>

namespace transcoder::av {

SoundEncoder::SoundEncoder(int bit_rate, Channels channels, Search search, int rate)
    : frame_(make_frame()), channels_(static_cast<int>(channels)) {
    const auto* codec = avcodec_find_encoder_by_name("aac");
    if (codec == nullptr)
        throw Failure("find the AAC encoder", AVERROR_ENCODER_NOT_FOUND);
    context_.reset(avcodec_alloc_context3(codec));
    if (!context_)
        throw std::bad_alloc();
    context_->sample_fmt = AV_SAMPLE_FMT_FLTP;
    context_->sample_rate = rate;
    context_->time_base = {1, rate};
    context_->bit_rate = bit_rate;
    context_->profile = FF_PROFILE_AAC_LOW;
    context_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&context_->ch_layout, channels_);
    const auto* coder = search == Search::quick ? "fast" : "twoloop";
    check(av_opt_set(context_->priv_data, "aac_coder", coder, 0), "choose how AAC is searched");
    check(avcodec_open2(context_.get(), codec, nullptr), "open the AAC encoder");
    if (context_->frame_size != sound_packet_samples ||
        context_->initial_padding != sound_packet_samples)
        throw Failure("use an AAC encoder with another delay", AVERROR(EINVAL));
}

void SoundEncoder::send(const Samples& samples, std::int64_t number) {
    assert(samples.size() == sound_packet_samples);
    av_frame_unref(frame_.get());
    frame_->nb_samples = sound_packet_samples;
    frame_->format = AV_SAMPLE_FMT_FLTP;
    frame_->sample_rate = context_->sample_rate;
    av_channel_layout_default(&frame_->ch_layout, channels_);
    check(av_frame_get_buffer(frame_.get(), 0), "make room for sound");
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(channels_); ++channel)
        std::memcpy(frame_->data[channel], samples.planes[channel].data(),
                    samples.size() * sizeof(float));
    frame_->pts = number * sound_packet_samples;
    check(avcodec_send_frame(context_.get(), frame_.get()), "encode sound");
}

void SoundEncoder::finish() {
    check(avcodec_send_frame(context_.get(), nullptr), "finish the sound");
}

Packet SoundEncoder::receive() {
    auto packet = make_packet();
    const int result = avcodec_receive_packet(context_.get(), packet.get());
    if (answer(result, "take encoded sound") != Answer::done)
        return nullptr;
    if (packet->pts % sound_packet_samples != 0)
        throw Failure("count packets of sound", AVERROR_BUG);
    packet->pts /= sound_packet_samples;
    return packet;
}

EncodedForm SoundEncoder::form() const {
    return {parameters_of(*context_), {0, 1}, context_->sample_rate, sound_packet_samples, 1,
            sound_packet_samples};
}

} // namespace transcoder::av
