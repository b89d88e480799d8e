#pragma once

#include "transcoder/stages/picture_reader.h"

#include <deque>

namespace transcoder::stages {

/// Looks a little ahead where a GOP begins: whether most of the picture stays as it is (slides, with a
/// speaker in a corner or a pointer), or moves. It never looks beyond the next key frame.
class MotionScout {
  public:
    /// Borrows both.
    MotionScout(PictureReader& pictures, const plan::Plan& plan);

    /// As the reader's.
    void start_at(std::int64_t frame);
    std::optional<PictureReader::Shown> next();

    enum class Motion { little, much };
    /// Of the GOP that the last picture given belongs to.
    Motion motion() const { return motion_; }

  private:
    struct Held {
        av::Frame picture;
        Showing when;
    };
    void look_ahead();
    bool hold_next();

    PictureReader& pictures_;
    const plan::Plan& plan_;
    std::deque<Held> ahead_;
    av::Frame given_;
    Motion motion_ = Motion::much;
};

} // namespace transcoder::stages
