#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/av/resampler.h"
#include "transcoder/live/ticks.h"

#include <optional>

namespace transcoder::live {

/// The publisher's sound, decoded as it comes: stereo at 48 kHz.
class SoundSource {
  public:
    /// Sound that begins at `at`, in the publisher's time.
    struct Heard {
        av::Samples samples;
        Ticks at = 0;
    };
    std::optional<Heard> take(const AVStream& stream, const AVPacket& packet);

    /// The instant in the recording's samples at which sound of `at` (in the recording's time) lies when
    /// the picture is at `now`. Where the clock trembles sound goes on without a seam; where the sound has
    /// another clock than the picture it is laid beside it. None where it cannot be told yet.
    std::optional<std::int64_t> place(Ticks at, std::size_t samples, Ticks now);
    /// What comes next belongs to another time.
    void jump();

  private:
    std::optional<av::Decoder> decoder_;
    std::optional<av::Resampler> resampler_;
    std::optional<Ticks> follows_;           ///< what is not stamped, in the publisher's time
    std::optional<std::int64_t> expected_;   ///< sample
    Ticks shift_ = 0;                        ///< where the sound has a clock of its own
    Ticks strange_ = 0;                      ///< how long it came for another time
};

} // namespace transcoder::live
