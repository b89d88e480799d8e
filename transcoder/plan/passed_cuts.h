#pragma once

#include "transcoder/plan/pass_facts.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace transcoder::plan {

/// Where a sound's own packets are cut: at the packet that begins nearest to each of the picture's
/// cuts.
class PassedCuts {
  public:
    PassedCuts(const PassedPicture& picture, const PassedSound& sound, int sample_rate);

    int segments() const { return static_cast<int>(packets_.size()) - 1; }
    /// The packet before which a segment begins; of the segment behind the last, where all end.
    std::int64_t packet(int segment) const { return packets_[static_cast<std::size_t>(segment)]; }
    /// The instant of that cut.
    std::chrono::microseconds instant(int segment) const;
    /// The packets that the recording's length asks for.
    std::int64_t wanted() const { return wanted_; }

  private:
    std::vector<std::int64_t> packets_;
    std::int64_t wanted_ = 0;
    int lead_;
    int sample_rate_;
};

} // namespace transcoder::plan
