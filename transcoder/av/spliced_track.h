#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/av/input.h"
#include "transcoder/av/source_file.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace transcoder::av {

/// `[begin, end)` of a recording.
struct Piece {
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};
};

/// One track on its way into a file: its packets in the order of decoding, the next one ahead; where
/// pieces are wanted, of those alone, one behind the other from 0 on.
///
/// A sound has no packet of what is left out. A picture needs those from its last key frame on, and at
/// a piece's end those that others refer to: they come with it, shown for one tick each, before 0 or
/// in the `join` between two pieces.
class SplicedTrack {
  public:
    /// Between two pieces, in all tracks alike: the picture before it stays.
    static constexpr std::chrono::milliseconds join{20};

    /// `pieces` in their order; none: all of it, as it is. Throws Failure.
    SplicedTrack(const SourceFile& file, std::span<const Piece> pieces);

    const AVStream& stream() const { return input_.stream(0); }
    /// Of the packets that it gives.
    AVRational time_base() const { return time_base_; }
    /// Null at the end. Borrowed.
    const AVPacket* ahead() const { return ready_.empty() ? nullptr : ready_.front().get(); }
    Packet take();

  private:
    /// A piece in ticks.
    struct Span {
        std::int64_t begin;
        std::int64_t end;
        std::int64_t shown;  ///< where it begins in what is given
    };

    void fill();
    void sort(Packet packet);
    void take_sound(Packet packet);
    void take_picture(Packet packet);
    void release();
    void end_piece();
    void give(Packet packet, std::int64_t pts, std::int64_t dts);

    Input input_;
    bool is_picture_ = false;
    AVRational time_base_{};
    std::int64_t instant_ = 0;    ///< ticks that make no difference
    std::vector<Span> spans_;     ///< the pieces; `at_` is where it is
    std::size_t at_ = 0;
    bool has_begun_ = false;      ///< pictures of the piece are given
    /// Pictures in the order of decoding: from a key frame on to where the piece begins, or from the
    /// first on that is shown behind its end.
    std::vector<Packet> edge_;
    std::deque<Packet> ready_;
    std::optional<std::int64_t> last_dts_;
};

} // namespace transcoder::av
