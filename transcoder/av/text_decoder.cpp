#include "transcoder/av/text_decoder.h"

#include "transcoder/av/failure.h"

extern "C" {
#include <libavutil/avstring.h>
}

#include <new>

namespace transcoder::av {

namespace {

constexpr const char* decoders = "mov_text,srt,subrip,ass,ssa,webvtt,text";

const AVCodec* accepted(AVCodecID id) {
    void* place = nullptr;
    while (const auto* codec = av_codec_iterate(&place))
        if (codec->id == id && av_codec_is_decoder(codec) != 0 &&
            av_match_list(codec->name, decoders, ',') > 0)
            return codec;
    return nullptr;
}

TextDecoder::Markup markup_of(AVCodecID id) {
    switch (id) {
    case AV_CODEC_ID_ASS:
    case AV_CODEC_ID_SSA:
        return TextDecoder::Markup::ass;
    case AV_CODEC_ID_TEXT:
        return TextDecoder::Markup::escaped;
    default:
        return TextDecoder::Markup::codes;
    }
}

struct Subtitle : AVSubtitle {
    Subtitle() : AVSubtitle{} {}
    ~Subtitle() { avsubtitle_free(this); }
    Subtitle(const Subtitle&) = delete;
    Subtitle& operator=(const Subtitle&) = delete;
};

} // namespace

bool TextDecoder::is_accepted(AVCodecID codec) { return accepted(codec) != nullptr; }

TextDecoder::TextDecoder(const AVStream& stream) : markup_(markup_of(stream.codecpar->codec_id)) {
    const auto* codec = accepted(stream.codecpar->codec_id);
    if (codec == nullptr)
        throw Failure("choose a decoder of text", AVERROR_DECODER_NOT_FOUND);
    context_.reset(avcodec_alloc_context3(codec));
    if (!context_)
        throw std::bad_alloc();
    check(avcodec_parameters_to_context(context_.get(), stream.codecpar), "set up a decoder of text");
    context_->pkt_timebase = stream.time_base;
    context_->thread_count = 1;
    // Whoever reads the text looks whether it is UTF-8, and can say so.
    context_->sub_charenc_mode = FF_SUB_CHARENC_MODE_IGNORE;
    check(avcodec_open2(context_.get(), codec, nullptr), "open a decoder of text");
}

std::optional<TextDecoder::Said> TextDecoder::decode(AVPacket& packet) {
    Subtitle subtitle;
    int any = 0;
    const int result = avcodec_decode_subtitle2(context_.get(), &subtitle, &any, &packet);
    if (result == AVERROR(ENOMEM))
        throw std::bad_alloc();
    if (result < 0)
        return std::nullopt;
    Said said;
    if (any == 0)
        return said;
    for (unsigned i = 0; i < subtitle.num_rects; ++i)
        if (const char* event = subtitle.rects[i]->ass; event != nullptr)
            said.events.emplace_back(event);
    constexpr std::uint32_t unknown = ~std::uint32_t{0};
    if (subtitle.end_display_time != unknown && subtitle.end_display_time > subtitle.start_display_time)
        said.lasts = std::chrono::milliseconds(subtitle.end_display_time - subtitle.start_display_time);
    return said;
}

} // namespace transcoder::av
