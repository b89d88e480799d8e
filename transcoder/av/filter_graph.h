#pragma once

#include "transcoder/av/handles.h"

#include <string>

namespace transcoder::av {

/// A chain of libavfilter over pictures of one size and format. Frames go in with `pts` in
/// `time_base` and come out with `pts` in `time_base`.
class FilterGraph {
  public:
    /// `like` is a frame as they will come. Throws Failure where the chain cannot be built.
    FilterGraph(const AVFrame& like, AVRational time_base, const std::string& chain);

    /// Takes; null: no more will come.
    void push(Frame frame);
    /// The next frame, or none yet.
    Frame pull();

  private:
    FilterGraphHandle graph_;
    AVFilterContext* source_ = nullptr;  ///< both belong to the graph
    AVFilterContext* sink_ = nullptr;
    AVRational time_base_;
};

} // namespace transcoder::av
