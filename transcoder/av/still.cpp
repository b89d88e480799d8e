#include "transcoder/av/still.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/filter_graph.h"

#include <new>

namespace transcoder::av {

namespace {

/// libav's scale of JPEG quality, 2 (best) to 31.
constexpr int jpeg_quantizer = 4;

/// Text stays sharp, and what the video's encoder left around it is not kept for ever.
constexpr int webp_quality = 78;

/// What the picture's numbers mean: HD that does not say so is BT.709.
std::string matrix_of(const AVFrame& picture) {
    constexpr int most_lines_of_old_television = 576;
    if (picture.colorspace == AVCOL_SPC_UNSPECIFIED &&
        picture.height > most_lines_of_old_television)
        return "bt709";
    return "auto";
}

CodecContext open(const char* encoder, const AVFrame& still, Options& options) {
    const auto* codec = avcodec_find_encoder_by_name(encoder);
    if (codec == nullptr)
        throw Failure(std::string("find ") + encoder, AVERROR_ENCODER_NOT_FOUND);
    CodecContext context(avcodec_alloc_context3(codec));
    if (!context)
        throw std::bad_alloc();
    context->width = still.width;
    context->height = still.height;
    context->pix_fmt = static_cast<AVPixelFormat>(still.format);
    context->color_range = still.color_range;
    context->time_base = {1, 1};
    context->thread_count = 1;
    context->flags |= AV_CODEC_FLAG_BITEXACT;
    check(avcodec_open2(context.get(), codec, options.out()), "open an encoder of stills");
    options.all_used(encoder);
    return context;
}

CodecContext open(const AVFrame& still, StillKind kind) {
    Options options;
    if (kind == StillKind::webp) {
        options.set("quality", webp_quality).set("preset", "text").set("compression_level", 4);
        return open("libwebp", still, options);
    }
    options.set("flags", "+qscale+bitexact")
        .set("global_quality", jpeg_quantizer * FF_QP2LAMBDA)
        .set("dct", "int")
        .set("huffman", "optimal");
    return open("mjpeg", still, options);
}

} // namespace

Frame to_still(const AVFrame& picture, Size size, StillKind kind) {
    // JFIF and WebP both have the colours of BT.601.
    const bool is_jpeg = kind == StillKind::jpeg;
    const auto chain = "scale=" + std::to_string(size.width) + ":" + std::to_string(size.height) +
                       ":flags=bicubic+accurate_rnd+bitexact:in_color_matrix=" +
                       matrix_of(picture) + ":out_color_matrix=bt601:out_range=" +
                       std::string(is_jpeg ? "full" : "limited") + ",format=yuv420p";
    FilterGraph graph(picture, {1, 1}, chain);
    graph.push(another(picture));
    auto still = graph.pull();
    if (!still)
        throw Failure("scale a still", AVERROR_BUG);
    return still;
}

std::string encode_still(const AVFrame& still, StillKind kind) {
    const auto context = open(still, kind);
    const auto picture = another(still);
    picture->pts = 0;
    picture->pict_type = AV_PICTURE_TYPE_NONE;
    picture->quality = jpeg_quantizer * FF_QP2LAMBDA;
    while (picture->nb_side_data > 0)
        av_frame_remove_side_data(picture.get(), picture->side_data[0]->type);
    check(avcodec_send_frame(context.get(), picture.get()), "encode a still");
    check(avcodec_send_frame(context.get(), nullptr), "finish a still");
    const auto packet = make_packet();
    check(avcodec_receive_packet(context.get(), packet.get()), "take an encoded still");
    return {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)};
}

} // namespace transcoder::av
