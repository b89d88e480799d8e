#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/plan/cadence.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/conformer.h"
#include "transcoder/stages/straight_packets.h"

#include <chrono>
#include <optional>
#include <vector>

namespace transcoder::stages {

/// One picture of the source, conformed.
struct TimedPicture {
    std::chrono::microseconds instant{0};   ///< from the recording's beginning
    std::chrono::microseconds lasts{0};     ///< zero where the source does not say
    av::Frame frame;
    std::int64_t serial = 0;                ///< the same for neighbours that show the very same
    /// Something before it could not be decoded.
    enum class Before { whole, damaged } before = Before::whole;
};

/// The source's pictures in the order they are shown: none lies before the one that precedes it.
class DecodedPictures {
  public:
    /// Borrows the file and the plan.
    DecodedPictures(const av::SourceFile& file, const plan::Plan& plan);

    /// Goes on at a key frame at or before `instant`; false where the container cannot. Not every picture
    /// that ends before `all_from` is given.
    bool seek(std::chrono::microseconds instant, std::chrono::microseconds all_from);
    /// Goes on at the very first.
    void restart();

    /// The next picture, or none at the end. Throws CannotPass where damage is met in what is handed on.
    std::optional<TimedPicture> next();

  private:
    void open();
    void feed();
    av::Decoder::Wanted wanted_of(const AVPacket& packet) const;
    bool is_shown(std::chrono::microseconds begin, std::chrono::microseconds end) const;
    void take(av::Frame frame);

    const plan::Plan& plan_;
    StraightPackets packets_;
    std::vector<plan::Cadence> cadences_;   ///< of the rungs that are encoded
    std::optional<av::Decoder> decoder_;
    std::optional<Conformer> conformer_;
    Sequence sequence_;
    std::chrono::microseconds all_from_ = std::chrono::microseconds::min();
    std::optional<std::chrono::microseconds> latest_;   ///< where the last picture was placed
    TimedPicture::Before before_ = TimedPicture::Before::whole;
    enum class State { reading, draining, ended } state_ = State::reading;
};

} // namespace transcoder::stages
