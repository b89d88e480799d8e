#pragma once

#include "transcoder/stages/decoded_pictures.h"
#include "transcoder/stages/ending.h"
#include "transcoder/stages/showing.h"

namespace transcoder::stages {

/// The recording's picture at a constant rate: one for each frame of the grid, from any frame on.
/// Each source picture goes to the nearest frame; of two that meet there the later is shown; where
/// there is none the last one stays.
class PictureReader {
  public:
    /// Borrows all three.
    PictureReader(const av::SourceFile& file, const plan::Plan& plan, Ending& ending);

    /// The next picture given will be frame `frame`. Where the source can be read in order only,
    /// `frame` must not lie behind what was given.
    void start_at(std::int64_t frame);

    struct Shown {
        const AVFrame* picture = nullptr;  ///< borrowed until the next call
        Showing when;
    };
    /// None at the end.
    std::optional<Shown> next();

    /// The recording's length in frames, once it is known: at the latest when `next` gives nothing.
    std::optional<std::int64_t> end() const { return end_; }
    /// Frames for which the source has pictures that could not be decoded, since `start_at`.
    std::int64_t lost() const { return lost_; }

  private:
    struct Placed {
        std::int64_t frame = 0;
        std::int64_t frame_after = 0;
        TimedPicture picture;
    };
    std::optional<Placed> place_next();
    void show_next();
    std::int64_t next_key() const;
    void skip_repeats();
    bool found_from(std::int64_t frame, std::chrono::microseconds instant,
                    std::chrono::microseconds all_from);
    bool read_to(std::int64_t frame);

    const plan::Plan& plan_;
    Ending& ending_;
    DecodedPictures decoded_;
    std::int64_t at_ = 0;
    std::optional<std::int64_t> end_;
    std::int64_t last_known_ = 0;   ///< the frame after all pictures seen
    std::int64_t lost_ = 0;
    bool is_sparse_ = false;        ///< pictures may stay for longer than the way to a chunk is seen whole
    std::optional<Placed> shown_;
    std::optional<Placed> upcoming_;
};

} // namespace transcoder::stages
