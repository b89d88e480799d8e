#include "transcoder/av/picture_encoder.h"

#include "transcoder/av/failure.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

namespace transcoder::av {

namespace {

/// No picture that is shown later is referred to across a pause: so each is decoded just before it
/// is shown, however long the pause.
AVPictureType type_of(PictureEncoder::Kind kind, std::int64_t lasts) {
    if (kind == PictureEncoder::Kind::key)
        return AV_PICTURE_TYPE_I;
    return lasts > 1 ? AV_PICTURE_TYPE_P : AV_PICTURE_TYPE_NONE;
}

/// x264 spends on a picture by how long it lasts, and by how much of what follows, in its lookahead,
/// refers to it. Both are meant for recordings in which each picture is another. Where pictures were
/// left out because they are the same, the first is given this many quantizers more, and comes out
/// as good and as large as if they had been there.
double tempering(const PictureEncoder::When& when) {
    // What x264 takes off for a picture twice as long: 6 · (1 − qcomp).
    constexpr double twice_as_long = 2.4;
    // Measured: over slides that stay, for each doubling beyond the pictures that refer to one in a
    // lookahead of ten.
    constexpr double referred_twice = 2.1;
    constexpr double usual = 3;
    const double stays = std::max(1.0, static_cast<double>(1 + when.stays) / usual);
    return twice_as_long * std::log2(static_cast<double>(when.lasts)) +
           referred_twice * std::log2(stays);
}

/// Has a picture coded with `quantizers` more than x264 would choose.
void temper(AVFrame& picture, double quantizers) {
    constexpr double most_quantizers = 51;
    constexpr int precision = 10'000;
    auto* data = av_frame_new_side_data(&picture, AV_FRAME_DATA_REGIONS_OF_INTEREST,
                                        sizeof(AVRegionOfInterest));
    if (data == nullptr)
        throw std::bad_alloc();
    const double share = quantizers / most_quantizers;
    AVRegionOfInterest everywhere{};
    everywhere.self_size = sizeof everywhere;
    everywhere.bottom = picture.height;
    everywhere.right = picture.width;
    everywhere.qoffset = {static_cast<int>(std::lround(share * precision)), precision};
    std::memcpy(data->data, &everywhere, sizeof everywhere);
}

/// What comes out as good and as large as under x264's CRF, where little moves.
int constant_quantizer(const PictureSettings& settings) {
    constexpr int beyond_crf = 6;
    // Of fewer pictures each is referred to by fewer.
    const bool is_slow = av_q2d(settings.frame_rate) < 20;
    return static_cast<int>(std::lround(settings.quality)) + beyond_crf - (is_slow ? 1 : 0);
}

} // namespace

PictureEncoder::PictureEncoder(const PictureSettings& settings)
    : settings_(settings), shown_(make_frame()) {
    const auto* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr)
        throw Failure("find libx264", AVERROR_ENCODER_NOT_FOUND);
    context_.reset(avcodec_alloc_context3(codec));
    if (!context_)
        throw std::bad_alloc();
    set_up(*context_);
    Options options;
    options.set("preset", "veryfast")
        .set("profile", "high")
        // Where B pictures are best placed is a search that costs a tenth of the time, and gives
        // nothing that could be measured: of slides and of cameras, neither bytes nor likeness.
        .set("b_strategy", 0)
        .set("forced-idr", 1)
        .set("sc_threshold", 0)
        .set("x264-params", parameters().c_str());
    if (settings.dealt == PictureSettings::Dealt::constant)
        options.set("qp", constant_quantizer(settings));
    else
        options.set("crf", std::to_string(settings.quality).c_str());
    check(avcodec_open2(context_.get(), codec, options.out()), "open libx264");
    options.all_used("libx264");
}

void PictureEncoder::set_up(AVCodecContext& context) const {
    context.width = settings_.size.width;
    context.height = settings_.size.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.sample_aspect_ratio = {1, 1};
    context.framerate = settings_.frame_rate;
    context.time_base = av_inv_q(settings_.frame_rate);
    context.color_range = AVCOL_RANGE_MPEG;
    context.colorspace = AVCOL_SPC_BT709;
    context.color_primaries = AVCOL_PRI_BT709;
    context.color_trc = AVCOL_TRC_BT709;
    context.gop_size = settings_.key_interval;
    context.keyint_min = 1;
    context.max_b_frames = 3;
    context.thread_count = 1;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (settings_.level != 0)
        context.level = settings_.level;
    if (settings_.dealt == PictureSettings::Dealt::rated) {
        context.rc_max_rate = settings_.max_rate;
        context.rc_buffer_size = settings_.buffer;
    }
}

/// Without cpu-independent the bytes depend on what lay in memory before. What is stitchable has the
/// same parameter sets however bits are dealt out.
std::string PictureEncoder::parameters() const {
    // B pictures that no other refers to need no filters, and make a camera's pictures smaller besides.
    // Whole macroblocks that are moved take less time than parts of them, for as good a likeness.
    const std::string all = "open-gop=0:cpu-independent=1:stitchable=1:weightp=0:b-pyramid=none:me=dia:"
                            "partitions=i8x8,i4x4";
    // Half the preset's time, for as good a likeness at full rate. At low ones it makes cameras' pictures
    // larger, by up to 15 %.
    const std::string quick = ":subme=1";
    if (settings_.dealt == PictureSettings::Dealt::constant)
        // What stays is as good as its key frame.
        return all + quick + ":ipratio=1.6";
    const std::string rated = all + ":vbv-init=" + std::to_string(settings_.filled);
    return rated +
           (settings_.effort == PictureSettings::Effort::usual ? quick : ":rc-lookahead=20");
}

void PictureEncoder::send(const AVFrame& picture, const When& when, Kind kind) {
    av_frame_unref(shown_.get());
    check(av_frame_ref(shown_.get(), &picture), "refer to a picture");
    shown_->pts = when.number;
    shown_->pict_type = type_of(kind, when.lasts);
    shown_->sample_aspect_ratio = {1, 1};
    // Side data of the source (captions, HDR, user data) is not for our bit stream.
    while (shown_->nb_side_data > 0)
        av_frame_remove_side_data(shown_.get(), shown_->side_data[0]->type);
    const double quantizers =
        settings_.dealt == PictureSettings::Dealt::rated ? tempering(when) : 0;
    if (quantizers > 0)
        temper(*shown_, quantizers);
    check(avcodec_send_frame(context_.get(), shown_.get()), "encode a picture");
    av_frame_unref(shown_.get());
}

void PictureEncoder::finish() {
    check(avcodec_send_frame(context_.get(), nullptr), "finish the pictures");
}

Packet PictureEncoder::receive() {
    auto packet = make_packet();
    const int result = avcodec_receive_packet(context_.get(), packet.get());
    return answer(result, "take an encoded picture") == Answer::done ? std::move(packet) : nullptr;
}

EncodedForm PictureEncoder::form() const {
    const int delay = context_->has_b_frames;
    return {parameters_of(*context_), settings_.frame_rate, settings_.timescale,
            settings_.frame_ticks, delay, delay * settings_.frame_ticks};
}

} // namespace transcoder::av
