#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/av/scaler.h"
#include "transcoder/folder/fresh_folder.h"

#include <chrono>
#include <string>

namespace transcoder::stills {

/// Small pictures at even intervals, for a player's time line: a hundred a file
/// (`thumbnails-0.jpg`, …), and `thumbnails.vtt`, which says which rectangle is for which time.
class Thumbnails {
  public:
    /// Borrows `folder`. `picture` is the size of what will come.
    Thumbnails(const folder::FreshFolder& folder, av::Size picture,
               std::chrono::microseconds duration);

    /// In the order of time. Each time gets the first picture at or after its beginning.
    void add(std::chrono::microseconds at, const AVFrame& picture);
    /// The times after the last picture get that one.
    void finish();

  private:
    static constexpr int columns = 10;
    static constexpr int rows = 10;

    void place(const AVFrame& picture);
    void write_sprite();
    void write_times() const;

    const folder::FreshFolder& folder_;
    const std::chrono::microseconds duration_;
    const std::chrono::microseconds interval_;
    const int wanted_;    ///< tiles in all
    const av::Size tile_;
    int placed_ = 0;
    av::Frame last_;      ///< the last picture
    av::Frame sprite_;    ///< what is being filled; none where the last one is full
};

} // namespace transcoder::stills
