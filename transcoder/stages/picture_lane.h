#pragma once

#include "transcoder/av/picture_encoder.h"
#include "transcoder/av/scaler.h"
#include "transcoder/plan/cadence.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"
#include "transcoder/stages/motion_scout.h"
#include "transcoder/stages/showing.h"

#include <deque>
#include <optional>
#include <vector>

namespace transcoder::stages {

/// One rung's way through a chunk: scaled, encoded, cut into fragments. Of a picture that stays most
/// frames are left out, and those that are encoded last longer: one frame, two, four, and so on up to
/// half a second. The encoder refines it in the first of them; players have something to show soon
/// after a seek. GOPs in which little moves go to an encoder that deals bits out without looking
/// ahead, as long as it stays below the rung's rate; of those that show one picture and nothing else the
/// first is encoded, and its packets are given again for those that follow.
class PictureLane {
  public:
    /// `from` is the size of the pictures it will be given. Borrows all.
    PictureLane(const plan::Plan& plan, const plan::Rung& rung, av::Size from, FragmentSink& sink);

    /// A chunk of its own begins at `frame`, with an encoder of its own.
    void begin(std::int64_t frame);
    /// Takes a frame of the grid that is one of this rung's; gives it back at the rung's size,
    /// borrowed until the next call.
    const AVFrame& add(const AVFrame& picture, const Showing& when, MotionScout::Motion motion);
    /// The chunk ends before frame `end`.
    void finish(std::int64_t end);

    const plan::Rung& rung() const { return rung_; }
    const plan::Cadence& cadence() const { return cadence_; }

  private:
    using Dealt = av::PictureSettings::Dealt;
    void encode_by(Dealt dealt);
    void end_encoder();
    Dealt dealt_for(MotionScout::Motion motion) const;
    enum class Shows { another, same };
    void send(const Showing& when, Shows shows);
    /// A GOP in which nothing happens.
    struct Still {
        std::int64_t serial = 0;
        std::int64_t frames = 0;
        friend bool operator==(const Still&, const Still&) = default;
    };
    std::optional<Still> still(const Showing& when) const;
    bool repeat(const Showing& when);
    std::int64_t next_sent(const Showing& when, Shows shows) const;
    void take();
    void cut(std::int64_t end);
    void keep(std::int64_t begin);
    bool is_beyond_rate(std::size_t bytes, std::chrono::microseconds duration) const;
    void stamp(std::int64_t end);

    const plan::Plan& plan_;
    const plan::Rung& rung_;
    const plan::Cadence cadence_;
    FragmentSink& sink_;
    std::optional<av::Scaler> scaler_;       ///< none where the size is right already
    std::optional<av::PictureEncoder> encoder_;
    Dealt dealt_ = Dealt::rated;             ///< by that encoder
    std::optional<av::EncodedForm> form_;
    enum class Spent { within_rate, beyond_rate } spent_ = Spent::within_rate;  ///< by this chunk's constant GOPs
    const AVFrame* scaled_ = nullptr;        ///< the last picture, at the rung's size
    std::int64_t serial_ = 0;                ///< of that picture
    std::vector<av::Packet> packets_;        ///< of the fragment that is being filled
    int fragment_ = 0;
    std::int64_t due_ = 0;                   ///< the rung's next frame to be encoded
    std::int64_t lasts_ = 0;                 ///< frames from the last that was encoded to `due_`
    /// Of a fragment that is not yet cut.
    struct Sent {
        std::size_t pictures = 0;
        Dealt dealt = Dealt::rated;
    };
    std::deque<Sent> sent_;
    std::optional<Still> still_;             ///< the latest GOP, where it is one and by one quantizer
    /// The fragment that was cut last, not yet stamped.
    struct Cut {
        std::vector<av::Packet> packets;
        std::int64_t begin = 0;              ///< the rung's frame
    } cut_;
};

} // namespace transcoder::stages
