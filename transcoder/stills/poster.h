#pragma once

#include "transcoder/av/handles.h"

#include <chrono>

namespace transcoder::stills {

/// Chooses the picture that stands for the recording: the first that shows something, or where none
/// does, the one that shows most.
class PosterChoice {
  public:
    /// In the order of time.
    void add(std::chrono::microseconds at, const AVFrame& picture);
    std::chrono::microseconds chosen() const { return chosen_; }

  private:
    std::chrono::microseconds chosen_{0};
    double contrast_ = -1;  ///< of what is chosen
};

/// By how much the picture's light differs within it: the deviation, 0 (all the same) to 128.
double contrast(const AVFrame& picture);

} // namespace transcoder::stills
