#pragma once

#include "transcoder/av/sound_encoder.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"
#include "transcoder/stages/treated_sound.h"

#include <optional>
#include <vector>

namespace transcoder::stages {

/// The sound's way through a chunk. Packets are cut where they begin nearest to the picture's
/// fragments. An encoder of its own a chunk, fed from a little before the chunk and to a little after
/// it, so that at the joins it sounds as one that never stopped:
///
///     packets fed   | 8 before |  the chunk's own  | 2 after |
///     packets kept             |  the chunk's own  |
class SoundLane {
  public:
    /// Borrows all.
    SoundLane(const plan::Plan& plan, SoundReader& reader, FragmentSink& sink);

    /// A chunk begins at `frame` of the grid.
    void begin(std::int64_t frame);
    /// The sound up to `frame` is certain to be wanted.
    void advance(std::int64_t frame);
    enum class Follows { more, nothing };
    /// The chunk ends before frame `end`, and the recording with it or not.
    void finish(std::int64_t end, Follows follows);

  private:
    void feed(std::int64_t packets_end);
    void take();
    void cut(std::int64_t end_frame);

    const plan::Plan& plan_;
    TreatedSound sound_;
    FragmentSink& sink_;
    std::optional<av::SoundEncoder> encoder_;
    std::optional<av::EncodedForm> form_;
    std::vector<av::Packet> packets_;
    std::int64_t fed_ = 0;       ///< the next packet to be fed
    std::int64_t keep_from_ = 0; ///< the priming packet is -1
    std::int64_t keep_to_ = 0;
    int fragment_ = 0;
};

} // namespace transcoder::stages
