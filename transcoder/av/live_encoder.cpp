#include "transcoder/av/live_encoder.h"

#include "transcoder/av/failure.h"

#include <new>
#include <string>

namespace transcoder::av {

namespace {

/// No key frame but where one is asked for.
constexpr int key_interval = 10'000;

void set_up(AVCodecContext& context, const LiveSettings& settings) {
    context.width = settings.size.width;
    context.height = settings.size.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.sample_aspect_ratio = {1, 1};
    context.framerate = {settings.frames_a_second, 1};
    context.time_base = {1, settings.timescale};
    context.color_range = settings.colours.range;
    context.colorspace = settings.colours.space;
    context.color_primaries = settings.colours.primaries;
    context.color_trc = settings.colours.transfer;
    context.gop_size = key_interval;
    context.thread_count = settings.threads;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    context.rc_max_rate = settings.max_rate;
    // Eight tenths of a second: thin lines have no room for more at once.
    context.rc_buffer_size = settings.buffer > 0 ? settings.buffer : settings.max_rate / 10 * 8;
}

const char* name_of(int profile) {
    switch (profile) {
    case FF_PROFILE_H264_BASELINE:
        return "baseline";
    case FF_PROFILE_H264_MAIN:
        return "main";
    default:
        return "high";
    }
}

} // namespace

LiveEncoder::LiveEncoder(const LiveSettings& settings)
    : settings_(settings), shown_(make_frame()) {
    const auto* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr)
        throw Failure("find libx264", AVERROR_ENCODER_NOT_FOUND);
    context_.reset(avcodec_alloc_context3(codec));
    if (!context_)
        throw std::bad_alloc();
    set_up(*context_, settings);
    Options options;
    options.set("preset", "veryfast")
        .set("tune", "zerolatency")
        .set("profile", name_of(settings.profile))
        .set("forced-idr", 1)
        .set("sc_threshold", 0)
        .set("crf", settings.quality)
        .set("x264-params", ("open-gop=0:stitchable=1:sps-id=" + std::to_string(settings.sets)).c_str());
    check(avcodec_open2(context_.get(), codec, options.out()), "open libx264");
    options.all_used("libx264");
}

Packet LiveEncoder::encode(const AVFrame& picture, std::int64_t ticks, Kind kind) {
    av_frame_unref(shown_.get());
    check(av_frame_ref(shown_.get(), &picture), "refer to a picture");
    shown_->pts = ticks;
    shown_->pict_type = kind == Kind::key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    shown_->sample_aspect_ratio = {1, 1};
    // Side data of the source (captions, user data) is not for our bit stream.
    while (shown_->nb_side_data > 0)
        av_frame_remove_side_data(shown_.get(), shown_->side_data[0]->type);
    check(avcodec_send_frame(context_.get(), shown_.get()), "encode a picture");
    av_frame_unref(shown_.get());
    auto packet = make_packet();
    check(avcodec_receive_packet(context_.get(), packet.get()), "take an encoded picture");
    return packet;
}

EncodedForm LiveEncoder::form() const {
    const int frame_ticks = settings_.timescale / settings_.frames_a_second;
    return {parameters_of(*context_), {settings_.frames_a_second, 1}, settings_.timescale,
            frame_ticks, 0, 0};
}

} // namespace transcoder::av
