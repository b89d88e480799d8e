#pragma once

#include "transcoder/plan/facts.h"

#include <chrono>
#include <optional>

namespace transcoder::stages {

/// Takes the jumps out of a stream's clock. Streams that are read in order may have been cut and
/// joined (broadcasts, restarted encoders): a step of more than half a minute ahead or a second
/// back is no pause but another clock, which goes on where the last one stopped. Where a container
/// has an index of its own times, they stand.
class Straightened {
  public:
    Straightened() = default;
    explicit Straightened(plan::SourceFacts::Access access)
        : corrects_(access == plan::SourceFacts::Access::in_order) {}

    /// Where something of the source lies that says it is at `instant` and lasts `lasts`. What says
    /// nothing follows what came before it.
    std::chrono::microseconds place(std::optional<std::chrono::microseconds> instant,
                                    std::chrono::microseconds lasts);

  private:
    bool corrects_ = false;
    bool began_ = false;
    std::chrono::microseconds expected_{0};
    std::chrono::microseconds correction_{0};
};

} // namespace transcoder::stages
