#include "transcoder/av/filter_graph.h"

#include "transcoder/av/failure.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/mathematics.h>
#include <libavutil/pixdesc.h>
}

#include <new>

namespace transcoder::av {

namespace {

AVFilterContext* add(AVFilterGraph& graph, const char* filter, const char* name,
                     const std::string& arguments) {
    AVFilterContext* context = nullptr;
    check(avfilter_graph_create_filter(&context, avfilter_get_by_name(filter), name,
                                       arguments.empty() ? nullptr : arguments.c_str(), nullptr,
                                       &graph),
          "set up a filter");
    return context;
}

struct InOutFreed {
    void operator()(AVFilterInOut* list) const noexcept { avfilter_inout_free(&list); }
};
using InOut = std::unique_ptr<AVFilterInOut, InOutFreed>;

InOut end_of_chain(const char* name, AVFilterContext* context) {
    InOut end(avfilter_inout_alloc());
    if (!end)
        throw std::bad_alloc();
    end->name = av_strdup(name);
    end->filter_ctx = context;
    return end;
}

} // namespace

FilterGraph::FilterGraph(const AVFrame& like, AVRational time_base, const std::string& chain)
    : graph_(avfilter_graph_alloc()), time_base_(time_base) {
    if (!graph_)
        throw std::bad_alloc();
    // What comes out must not depend on the number of cores.
    graph_->nb_threads = 1;
    const auto sar = like.sample_aspect_ratio.num > 0 ? like.sample_aspect_ratio : AVRational{1, 1};
    const auto number = [](int value) { return std::to_string(value); };
    source_ = add(*graph_, "buffer", "in",
                  "video_size=" + number(like.width) + "x" + number(like.height) +
                      ":pix_fmt=" + number(like.format) + ":time_base=" + number(time_base.num) +
                      "/" + number(time_base.den) + ":pixel_aspect=" + number(sar.num) + "/" +
                      number(sar.den));
    sink_ = add(*graph_, "buffersink", "out", "");

    auto outputs = end_of_chain("in", source_);
    auto inputs = end_of_chain("out", sink_);
    auto* open_outputs = outputs.release();
    auto* open_inputs = inputs.release();
    const int parsed = avfilter_graph_parse_ptr(graph_.get(), chain.c_str(), &open_inputs,
                                                &open_outputs, nullptr);
    inputs.reset(open_inputs);
    outputs.reset(open_outputs);
    check(parsed, "understand the filters");
    check(avfilter_graph_config(graph_.get(), nullptr), "connect the filters");
}

void FilterGraph::push(Frame frame) {
    check(av_buffersrc_add_frame_flags(source_, frame.get(), AV_BUFFERSRC_FLAG_PUSH),
          "put a picture into the filters");
}

Frame FilterGraph::pull() {
    auto frame = make_frame();
    const int result = av_buffersink_get_frame(sink_, frame.get());
    if (answer(result, "take a picture from the filters") != Answer::done)
        return nullptr;
    if (frame->pts != AV_NOPTS_VALUE)
        frame->pts = av_rescale_q(frame->pts, av_buffersink_get_time_base(sink_), time_base_);
    return frame;
}

} // namespace transcoder::av
