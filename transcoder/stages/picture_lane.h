#pragma once

#include "transcoder/av/picture_encoder.h"
#include "transcoder/av/scaler.h"
#include "transcoder/plan/cadence.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"
#include "transcoder/stages/showing.h"

#include <deque>
#include <optional>
#include <vector>

namespace transcoder::stages {

/// One rung's way through a chunk: scaled, encoded, cut into fragments. A picture that stays is
/// encoded once and again each half second; the frames between are left out, and it lasts longer.
class PictureLane {
  public:
    /// `from` is the size of the pictures it will be given. Borrows all.
    PictureLane(const plan::Plan& plan, const plan::Rung& rung, av::Size from, FragmentSink& sink);

    /// A chunk of its own begins at `frame`, with an encoder of its own.
    void begin(std::int64_t frame);
    /// Takes a frame of the grid that is one of this rung's; gives it back at the rung's size,
    /// borrowed until the next call.
    const AVFrame& add(const AVFrame& picture, const Showing& when);
    /// The chunk ends before frame `end`.
    void finish(std::int64_t end);

    const plan::Rung& rung() const { return rung_; }
    const plan::Cadence& cadence() const { return cadence_; }

  private:
    void send(const Showing& when);
    std::int64_t next_sent(const Showing& when) const;
    void take();
    void cut(std::int64_t end);
    void stamp(std::int64_t end);

    const plan::Plan& plan_;
    const plan::Rung& rung_;
    const plan::Cadence cadence_;
    FragmentSink& sink_;
    std::optional<av::Scaler> scaler_;       ///< none where the size is right already
    std::optional<av::PictureEncoder> encoder_;
    std::optional<av::EncodedForm> form_;
    const AVFrame* scaled_ = nullptr;        ///< the last picture, at the rung's size
    std::int64_t serial_ = 0;                ///< of that picture
    std::vector<av::Packet> packets_;        ///< of the fragment that is being filled
    int fragment_ = 0;
    std::int64_t due_ = 0;                   ///< the rung's next frame to be encoded
    std::deque<std::size_t> sent_;           ///< pictures of each fragment that is not yet cut
};

} // namespace transcoder::stages
