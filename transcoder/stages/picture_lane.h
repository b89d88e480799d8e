#pragma once

#include "transcoder/av/picture_encoder.h"
#include "transcoder/av/scaler.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"

#include <optional>
#include <vector>

namespace transcoder::stages {

/// One rung's way through a chunk: scaled, encoded, cut into fragments.
class PictureLane {
  public:
    /// `from` is the size of the pictures it will be given. Borrows all.
    PictureLane(const plan::Plan& plan, const plan::Rung& rung, av::Size from, FragmentSink& sink);

    /// A chunk of its own begins at `frame`, with an encoder of its own.
    void begin(std::int64_t frame);
    /// Takes a frame of the grid that is one of this rung's; gives it back at the rung's size,
    /// borrowed until the next call. Frames of one serial show the same picture.
    const AVFrame& add(const AVFrame& picture, std::int64_t frame, std::int64_t serial);
    /// The chunk ends before frame `end`.
    void finish(std::int64_t end);

    const plan::Rung& rung() const { return rung_; }

  private:
    void take();
    void cut(std::int64_t end);

    const plan::Plan& plan_;
    const plan::Rung& rung_;
    FragmentSink& sink_;
    std::optional<av::Scaler> scaler_;       ///< none where the size is right already
    std::optional<av::PictureEncoder> encoder_;
    std::optional<av::EncodedForm> form_;
    const AVFrame* scaled_ = nullptr;        ///< the last picture, at the rung's size
    std::int64_t serial_ = 0;                ///< of that picture
    std::vector<av::Packet> packets_;        ///< of the fragment that is being filled
    int fragment_ = 0;
    std::int64_t first_packet_ = 0;
};

} // namespace transcoder::stages
