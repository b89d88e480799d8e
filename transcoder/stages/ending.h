#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/plan/plan.h"

#include <map>
#include <mutex>

namespace transcoder::stages {

/// Where a recording ends: with its picture, or, where the sound goes on for more than half a second
/// (the camera was switched off first), with its sound, over the last picture. Always a multiple of
/// the grid's step, so that every rung ends at the same instant, and a second at least: of less no
/// rates can be told that players believe. Any thread.
class Ending {
  public:
    /// Borrows both.
    Ending(const av::SourceFile& file, const plan::Plan& plan) : file_(file), plan_(plan) {}

    /// The recording's length, whose picture has `picture_frames`; none where that has none.
    std::int64_t frames(std::int64_t picture_frames);

    /// No recording is longer: a broken time stamp must not fill the disk.
    static std::int64_t most_frames(const plan::Grid& grid);

  private:
    std::chrono::microseconds sound_end(std::chrono::microseconds from) const;

    const av::SourceFile& file_;
    const plan::Plan& plan_;
    std::mutex mutex_;
    std::map<std::int64_t, std::int64_t> known_;
};

} // namespace transcoder::stages
