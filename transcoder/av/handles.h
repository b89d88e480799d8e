#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/frame.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>

namespace transcoder::av {

/// Frees a libav object with the function libav gives for it, which takes the pointer's address.
template <auto Free> struct Freed {
    template <class T> void operator()(T* object) const noexcept { Free(&object); }
};

struct ScalerFreed {
    void operator()(SwsContext* context) const noexcept { sws_freeContext(context); }
};

using Frame = std::unique_ptr<AVFrame, Freed<av_frame_free>>;
using Packet = std::unique_ptr<AVPacket, Freed<av_packet_free>>;
using CodecContext = std::unique_ptr<AVCodecContext, Freed<avcodec_free_context>>;
using CodecParameters = std::unique_ptr<AVCodecParameters, Freed<avcodec_parameters_free>>;
using InputContext = std::unique_ptr<AVFormatContext, Freed<avformat_close_input>>;
using FilterGraphHandle = std::unique_ptr<AVFilterGraph, Freed<avfilter_graph_free>>;
using ResamplerContext = std::unique_ptr<SwrContext, Freed<swr_free>>;
using ScalerContext = std::unique_ptr<SwsContext, ScalerFreed>;

/// An empty frame or packet; throws std::bad_alloc.
Frame make_frame();
Packet make_packet();

/// Another reference to what the frame or packet holds; nothing is copied.
Frame another(const AVFrame& frame);
Packet another(const AVPacket& packet);

/// Options for one call of libav.
class Options {
  public:
    Options() = default;
    ~Options() { av_dict_free(&dictionary_); }
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;

    Options& set(const char* name, const char* value);
    Options& set(const char* name, std::int64_t value);
    Options& set(const char* name, int value) { return set(name, std::int64_t{value}); }
    AVDictionary** out() { return &dictionary_; }

    /// Throws where libav left an option unused: a misspelt one.
    void all_used(const char* by) const;

  private:
    AVDictionary* dictionary_ = nullptr;
};

} // namespace transcoder::av
