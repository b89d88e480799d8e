#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/live/picture_lane.h"

#include <optional>
#include <vector>

namespace transcoder::live {

/// Hands the publisher's own packets on. In the file each is decoded when a picture is shown first
/// that late, as in recordings that are handed on: so parts follow each other without a hole.
class PassedLane : public PictureLane {
  public:
    /// `number` is the first fragment's.
    PassedLane(av::EncodedForm form, int number, ParameterSets sets)
        : form_(std::move(form)), number_(number), sets_(sets) {}

    void cut(const Cut& cut) override;
    void take(const AVPacket& packet) override;
    void see(const AVFrame&, Ticks) override {}
    void end(Ticks at) override;

  private:
    av::Packet kept_of(const AVPacket& packet) const;
    void close(Ticks at);

    av::EncodedForm form_;
    int number_;
    ParameterSets sets_;
    std::optional<Cut> open_;
    std::vector<av::Packet> packets_;   ///< of the open part; the last one's length is not known
    std::string init_;                  ///< until the first piece has it
    bool described_ = false;
};

} // namespace transcoder::live
