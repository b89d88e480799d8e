#pragma once

#include "transcoder/live/cutter.h"
#include "transcoder/live/encoded_lane.h"
#include "transcoder/live/ladder.h"
#include "transcoder/live/live_folder.h"
#include "transcoder/live/passed_lane.h"
#include "transcoder/live/publisher.h"
#include "transcoder/live/sound_lane.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace transcoder::live {

/// What a publisher sends without a break: one set of parameters, one clock. Its pictures go to a lane
/// a rung, all are cut at the same instants, and what is whole goes to the folder.
class Stretch {
  public:
    struct Beginning {
        Ticks at = 0;
        RenditionFile::Opening opening;
        LiveRung::Made top = LiveRung::Made::encoded;
        Ticks step = 0;   ///< between two of the publisher's pictures
        Ticks gap = 0;    ///< between its key frames, as far as known
        Ticks lead = 0;   ///< of decoding before showing
    };
    using OnLanded = std::function<void(const Landed&)>;

    /// `sound` and `folder` go on from stretch to stretch.
    Stretch(const std::vector<LiveRung>& rungs, const Published& published,
            const Beginning& beginning, SoundLane& sound, LiveFolder& folder, OnLanded on_landed);

    using Key = Cutter::Key;
    /// Whether the packet can be part of this stretch.
    bool goes_on(Ticks at, Key key) const { return cutter_->goes_on(at, key); }
    /// What is to be taken off the time of what comes at `at`, so that no part gets too long: a hole in
    /// what is handed on cannot be filled.
    Ticks beyond_hole(Ticks at) const;

    /// The publisher's packets, stamped in the recording's time, then what is decoded of them.
    void take(const AVPacket& packet, Key key);
    void see(const AVFrame& picture, Ticks at);
    /// Whether sound comes at all: then it is waited for.
    enum class Sound { comes, is_missing };
    /// Ends parts of the sound that has come, or is not waited for any more; writes what is whole.
    void settle(Sound sound);
    /// Ends all at the end of what came.
    void end();

    void rest(std::size_t rung);
    bool passes() const { return beginning_.top == LiveRung::Made::passed; }
    /// The end of what came.
    Ticks now() const { return now_; }
    const Beginning& beginning() const { return beginning_; }

  private:
    void cut(const Cut& cut);
    void close(Ticks at, RenditionFile::Segment segment);
    void land();

    Beginning beginning_;
    SoundLane& sound_;
    LiveFolder& folder_;
    OnLanded on_landed_;
    std::unique_ptr<Cutter> cutter_;
    std::vector<std::unique_ptr<PictureLane>> lanes_;   ///< as the rungs
    std::vector<EncodedLane*> encoded_;                 ///< likewise; null: handed on
    std::deque<Cut> sound_cuts_;
    std::optional<RenditionFile::Opening> opening_;     ///< of the open beat
    Ticks now_ = 0;
    std::optional<Ticks> last_;                         ///< the last packet
};

} // namespace transcoder::live
