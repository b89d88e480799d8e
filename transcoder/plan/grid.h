#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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

/// a·b/c to the nearest, without overflow where the result has 64 bits.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c);

/// Where a recording is cut. Everything is counted in frames of the conformed source, from 0, so
/// that all renditions, whose rates are integer divisions of the source's, cut at exactly the same
/// instants. A GOP (about 2 s) is a fragment, about 6 s are a segment, some segments a chunk: what
/// is encoded by encoders of its own (`choose_chunks`). Segments of another length have as many GOPs as
/// come nearest to 2 s each.
///
///     even    |0        gop|        2·gop|       3·gop = segment|           6·gop|  …  n·segment = chunk|
///     listed  |0        gop|        2·gop|     |cut        cut + gop|          |cut  …
///
/// An even grid goes on for ever. A listed one is cut where the source's own packets can be: between
/// two cuts its frames follow each other at their rate, counted on from one cut to the next, and the
/// last one stays until the next cut.
class Grid {
  public:
    static constexpr std::chrono::seconds usual_segment{6};
    static constexpr std::chrono::seconds shortest_segment{2};
    static constexpr std::chrono::seconds longest_segment{10};

    /// `step` is what all divisors of the rate divide.
    Grid(FrameRate rate, int step, std::chrono::seconds segment = usual_segment);
    /// Of sound alone: a frame is a packet of sound.
    static Grid of_sound(std::chrono::seconds segment = usual_segment);
    /// `cuts` are ticks, `timescale` of them a second: 0 first, the recording's end last.
    static Grid cut_at(FrameRate rate, int step, int timescale, std::vector<std::int64_t> cuts);

    FrameRate rate() const { return rate_; }
    /// Every recording on an even grid is a multiple of this long.
    int step() const { return step_; }
    int gop() const { return gop_; }
    /// The most frames that lie between two keys.
    int longest_gop() const { return is_listed() ? 2 * gop_ : gop_; }
    /// Seconds, rounded: no segment is longer, of picture or sound.
    int target_duration() const;

    /// Frames, fragments, segments and chunks are counted from 0.
    std::int64_t segment_begin(int segment) const;
    std::int64_t chunk_begin(int chunk) const { return segment_begin(first_segment(chunk)); }
    /// Of a chunk.
    int first_segment(int chunk) const;
    /// In which a segment lies.
    int chunk_of(int segment) const;
    /// The chunks' first segments, 0 first; the last of them and each behind it are a chunk of their own.
    /// Before it is said, chunks are as many segments as come nearest to 18 s.
    void divide(std::vector<int> first_segments);
    const std::vector<int>& divided() const { return divided_; }
    std::int64_t fragment_begin(int fragment) const;
    int first_fragment(int segment) const;
    bool is_key(std::int64_t frame) const;
    /// The first key behind a frame.
    std::int64_t key_after(std::int64_t frame) const;
    /// The segment that a fragment of the frames `[begin, end)` belongs to: a sliver at the
    /// recording's end to the one before it.
    int segment_of(std::int64_t begin, std::int64_t end) const;

    bool is_listed() const { return !cuts_.empty(); }
    const std::vector<std::int64_t>& cuts() const { return cuts_; }
    /// Of a listed grid: the frame after the recording's last.
    std::optional<std::int64_t> end() const;

    /// Ticks a second, and a frame.
    int timescale() const { return timescale_; }
    int frame_ticks() const { return frame_ticks_; }
    std::int64_t ticks(std::int64_t frame) const;

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
    /// The listed segment in which a frame lies; the number of all behind the end.
    std::size_t listed_segment(std::int64_t frame) const;
    int gops_of(std::size_t segment) const;

    FrameRate rate_;
    int step_;
    std::chrono::seconds wanted_segment_;
    int gops_a_segment_;          ///< where the grid is even
    int segments_a_chunk_;        ///< where nothing else is said
    std::vector<int> divided_;    ///< first segments of chunks; empty where nothing is said
    int gop_;
    int timescale_;
    int frame_ticks_;
    std::vector<std::int64_t> cuts_;         ///< ticks; empty where the grid is even
    std::vector<std::int64_t> first_frames_; ///< as the cuts
    std::vector<int> first_fragments_;       ///< as the cuts
};

/// The instant of a packet of sound, to the microsecond.
std::chrono::microseconds sound_instant(std::int64_t packet);

} // namespace transcoder::plan
