#pragma once

#include "transcoder/av/live_encoder.h"
#include "transcoder/live/picture_lane.h"
#include "transcoder/plan/facts.h"
#include "transcoder/stages/conformer.h"

#include <deque>
#include <optional>
#include <vector>

namespace transcoder::live {

/// Encodes a rung of the picture as it comes: no more pictures than the rung's rate, one at each cut,
/// all on one canvas.
class EncodedLane : public PictureLane {
  public:
    struct Beginning {
        int number = 0;    ///< the first fragment's
        Ticks step = 0;    ///< between two pictures
        ParameterSets sets = ParameterSets::apart;
    };
    EncodedLane(const av::LiveSettings& settings, const plan::PictureFacts& facts,
                const Beginning& beginning);

    void cut(const Cut& cut) override { cuts_.push_back(cut); }
    void take(const AVPacket&) override {}
    void see(const AVFrame& picture, Ticks at) override;
    void end(Ticks at) override;
    Ticks earliest_end() const override;

    /// From here on one picture a part: next to no work, and still nothing is missing.
    void rest() { pace_ = Pace::resting; }

    /// How near to a cut a picture is taken for the one at it.
    static constexpr Ticks tolerance = second / 125;

  private:
    bool is_due(Ticks at) const;
    void begin(const Cut& cut, const AVFrame& picture);
    void send(const AVFrame& picture, Ticks at, av::LiveEncoder::Kind kind);
    void close(Ticks at);

    av::LiveEncoder encoder_;
    av::EncodedForm form_;
    stages::Conformer conformer_;
    Beginning beginning_;
    enum class Pace { usual, resting } pace_ = Pace::usual;
    std::deque<Cut> cuts_;              ///< to come
    std::optional<Cut> open_;
    av::Frame last_;                    ///< the last picture that was seen
    Ticks due_ = 0;                     ///< no picture is sent before
    std::vector<av::Packet> packets_;   ///< of the open part; the last one's length is not known
    std::string init_;                  ///< until the first piece has it
    bool described_ = false;
};

} // namespace transcoder::live
