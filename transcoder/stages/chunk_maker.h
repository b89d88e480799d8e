#pragma once

#include "transcoder/stages/ending.h"
#include "transcoder/stages/motion_scout.h"
#include "transcoder/stages/picture_lane.h"
#include "transcoder/stages/picture_reader.h"
#include "transcoder/stages/sound_lane.h"
#include "transcoder/stages/stopped.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace transcoder::stages {

/// Makes chunks of all renditions that are encoded, on one thread. A chunk depends on nothing but the source and the
/// plan: not on the chunks before it, nor on who made them.
class ChunkMaker {
  public:
    /// A sink for each of the plan's rungs in their order, then one for the sound. Borrows all.
    ChunkMaker(const av::SourceFile& file, const plan::Plan& plan, Ending& ending,
               std::vector<FragmentSink*> sinks);

    struct Made {
        std::int64_t lost = 0;              ///< frames
        std::optional<std::int64_t> end;    ///< the recording's length, where it ends in this chunk
    };
    /// What of a chunk is made: all that is encoded, or a part of it.
    enum class Part { all, pictures, sound };
    /// `on_frames` hears of every frame of the grid that was made. Throws Stopped.
    Made make(Part part, int chunk, const std::stop_token& stop,
              const std::function<void(std::int64_t)>& on_frames);

  private:
    Made make_picture(std::int64_t begin, std::int64_t end, SoundLane* sound,
                      const std::stop_token& stop,
                      const std::function<void(std::int64_t)>& on_frames);
    void open_pictures();
    void make_sound_beside(int chunk, const std::stop_token& stop);
    Made make_sound(std::int64_t begin, std::int64_t end, const std::stop_token& stop,
                    const std::function<void(std::int64_t)>& on_frames);
    void add(const PictureReader::Shown& shown);

    const av::SourceFile& file_;
    const plan::Plan& plan_;
    Ending& ending_;
    /// Opened when they are wanted: a long recording's index takes a while to be read, and sound that
    /// goes first is waited for.
    std::unique_ptr<PictureReader> pictures_;
    std::optional<MotionScout> scout_;        ///< of the pictures
    std::unique_ptr<SoundReader> sound_;
    std::vector<PictureLane> lanes_;          ///< as the plan's rungs that are encoded
    std::vector<std::size_t> scaled_from_;    ///< as the lanes; what is no lane is the source
    std::unique_ptr<SoundLane> sound_lane_;
};

} // namespace transcoder::stages
