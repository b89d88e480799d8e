#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/av/resampler.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/straight_packets.h"

#include <deque>
#include <optional>

namespace transcoder::stages {

/// The recording's sound as stereo samples at 48 kHz, counted from the recording's beginning.
/// Silence where the source has none: before it begins, in holes, after its end.
class SoundReader {
  public:
    /// Borrows both.
    SoundReader(const av::SourceFile& file, const plan::Plan& plan);

    /// `read` will ask from `sample` on. Where the source can be read in order only, `sample` must
    /// not lie more than four seconds behind what was read.
    void start_at(std::int64_t sample);

    /// `count` samples from `begin` on; `begin` never goes back by more than four seconds.
    av::Samples read(std::int64_t begin, std::int64_t count);

    /// The sample after the source's last, once it has been read to its end.
    std::optional<std::int64_t> end() const;
    /// Whether anything was decoded at all.
    bool any() const { return any_; }
    /// Whether something of what was read could not be decoded.
    bool met_damage() const { return met_damage_ || decoder_->met_damage(); }

  private:
    /// Decoded samples, one run a frame.
    struct Run {
        std::int64_t begin = 0;
        av::Samples samples;
        std::int64_t end() const { return begin + static_cast<std::int64_t>(samples.size()); }
    };

    enum class From { beginning, elsewhere };
    void open(From from);
    void pull();
    void feed();
    void take(const AVFrame& frame);
    std::int64_t tolerance(const AVFrame& frame, std::chrono::microseconds lasts) const;
    void append(av::Samples samples);
    void close_resampler();

    const plan::Plan& plan_;
    StraightPackets packets_;
    std::optional<av::Decoder> decoder_;
    std::optional<av::Resampler> resampler_;
    Sequence sequence_;
    std::deque<Run> runs_;
    std::int64_t next_ = 0;      ///< where the next run begins
    std::int64_t furthest_ = 0;  ///< the end of the last of the runs
    bool began_ = false;         ///< since the last start
    bool any_ = false;
    bool met_damage_ = false;    ///< by decoders that are no more
    From from_ = From::beginning;
    std::optional<std::int64_t> known_end_;   ///< once all was read from the beginning
    enum class State { reading, draining, ended } state_ = State::reading;
};

} // namespace transcoder::stages
