#pragma once

#include "transcoder/av/input.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/clock.h"

#include <chrono>
#include <optional>

namespace transcoder::stages {

/// The packets of the recording's picture or of its sound, by a clock without jumps. What is read in
/// order is read with the other's packets, so that whoever reads either mends the clock alike; where
/// a container has an index of its own times, they stand.
class StraightPackets {
  public:
    enum class Of { picture, sound };
    /// Borrows both.
    StraightPackets(const av::SourceFile& file, const plan::Plan& plan, Of of);

    /// The next packet, in the stream's own ticks, or none at the end.
    av::Packet read();
    /// When a time of the stream is, from the recording's beginning; none where there is no time, or
    /// one that no recording has.
    std::optional<std::chrono::microseconds> instant(std::int64_t ticks) const;
    const AVStream& stream() const { return input_->stream(stream_); }

    /// Goes to a key frame of the picture at or before `instant`; false where the container cannot.
    bool seek(std::chrono::microseconds instant);
    /// Goes to the very beginning.
    void restart();

  private:
    void straighten(AVPacket& packet);

    const av::SourceFile& file_;
    const plan::Plan& plan_;
    int stream_;
    int other_ = -1;
    std::optional<av::Input> input_;
    Clock clock_;
};

} // namespace transcoder::stages
