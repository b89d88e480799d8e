#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/live/piece.h"

namespace transcoder::live {

/// Whether key frames bring the parameter sets too: where they may not be those that the file began with.
enum class ParameterSets { apart, in_key_frames };

/// What makes one rendition of the picture. Cuts come before what is shown at them; the first one
/// begins the lane's first part.
class PictureLane {
  public:
    virtual ~PictureLane() = default;

    /// From here on another part.
    virtual void cut(const Cut& cut) = 0;
    /// The publisher's packet, `pts` and `dts` in ticks of the recording. Borrows.
    virtual void take(const AVPacket& packet) = 0;
    /// The publisher's picture, in the order in which they are shown. Borrows.
    virtual void see(const AVFrame& picture, Ticks at) = 0;
    /// Nothing more comes; the last part ends here.
    virtual void end(Ticks at) = 0;
    /// It cannot end before: the last picture lasts for a step at least. Zero where it may end anywhere.
    virtual Ticks earliest_end() const { return 0; }

    Pieces& pieces() { return pieces_; }

  protected:
    Pieces pieces_;
};

} // namespace transcoder::live
