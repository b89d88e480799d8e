#pragma once

#include "transcoder/av/handles.h"

namespace transcoder::av {

struct Size {
    int width = 0;
    int height = 0;
    friend bool operator==(const Size&, const Size&) = default;
};

/// Scales 4:2:0 pictures from one size to another (bicubic).
class Scaler {
  public:
    Scaler(Size from, Size to);

    /// The picture at the new size. Borrowed until the next call.
    const AVFrame& scale(const AVFrame& picture);

  private:
    ScalerContext context_;
    Size to_;
    Frame scaled_;
};

} // namespace transcoder::av
