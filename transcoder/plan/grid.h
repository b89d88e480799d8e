#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace transcoder::plan {

/// Frames a second, reduced.
struct FrameRate {
    int num = 25;
    int den = 1;
    double value() const { return static_cast<double>(num) / den; }
    FrameRate divided_by(int divisor) const;
    /// Three decimals, as FRAME-RATE is written: "29.970".
    std::string text() const;
    friend bool operator==(const FrameRate&, const FrameRate&) = default;
};

/// Where a recording is cut. Everything is counted in frames of the conformed source, from 0, so
/// that all renditions, whose rates are integer divisions of the source's, cut at exactly the same
/// instants:
///
///     frames   |0        gop|        2·gop|       3·gop = segment| …        3·segment = chunk|
///     key           key           key           key
///
/// A GOP (about 2 s) is a fragment, three of them a segment (about 6 s), three segments a chunk: what
/// is encoded by encoders of its own.
class Grid {
  public:
    /// `step` is what all divisors of the rate divide.
    Grid(FrameRate rate, int step);
    /// Of sound alone: a frame is a packet of sound.
    static Grid of_sound();

    static constexpr int gops_a_segment = 3;
    static constexpr int segments_a_chunk = 3;
    static constexpr int target_duration = 6;

    FrameRate rate() const { return rate_; }
    /// Every recording is a multiple of this long.
    int step() const { return step_; }
    int gop() const { return gop_; }
    int segment() const { return gop_ * gops_a_segment; }
    int chunk() const { return segment() * segments_a_chunk; }

    /// The instant of a frame, to the microsecond.
    std::chrono::microseconds at(std::int64_t frame) const;
    /// The frame that is shown nearest to an instant.
    std::int64_t nearest(std::chrono::microseconds instant) const;

    /// The packet of sound (1024 samples at 48 kHz) that begins nearest to a frame.
    std::int64_t sound_packet(std::int64_t frame) const;

    /// Whether a last segment of so many frames is joined to the one before it.
    bool is_sliver(std::int64_t frames) const;

    friend bool operator==(const Grid&, const Grid&) = default;

  private:
    FrameRate rate_;
    int step_;
    int gop_;
};

/// The instant of a packet of sound, to the microsecond.
std::chrono::microseconds sound_instant(std::int64_t packet);

} // namespace transcoder::plan
