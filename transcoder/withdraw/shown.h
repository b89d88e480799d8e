#pragma once

#include "catalog/withdrawn_span.h"
#include "transcoder/av/handles.h"
#include "transcoder/av/scaler.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace transcoder::withdraw {

/// Ticks of a track, `[begin, end)`.
struct TickSpan {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    friend bool operator==(const TickSpan&, const TickSpan&) = default;
};
/// In their order, those that meet as one; what a span holds a part of a tick of is in it.
std::vector<TickSpan> in_ticks(std::span<const catalog::Span> spans, AVRational time_base);

/// A picture that nothing can be seen on.
av::Frame black_picture(av::Size size);

/// What is shown instead of a segment's pictures: each that comes while something is withdrawn is black, and
/// so is what stands there from before, from the very tick on; what stood before stands there again
/// behind it, unless another picture has come meanwhile.
class Blanked {
  public:
    using Show = std::function<void(const AVFrame& picture, std::int64_t at)>;

    /// Borrows all. `black` is of the pictures' size.
    Blanked(const std::vector<TickSpan>& withdrawn, const AVFrame& black, Show show)
        : withdrawn_(withdrawn), black_(black), show_(std::move(show)) {}

    /// In the order in which they are shown.
    void add(av::Frame picture, std::int64_t at);
    /// The last one stays until `end`.
    void finish(std::int64_t end);

  private:
    void show_last(std::int64_t until);

    const std::vector<TickSpan>& withdrawn_;
    const AVFrame& black_;
    Show show_;
    av::Frame last_;
    std::int64_t last_at_ = 0;
};

} // namespace transcoder::withdraw
