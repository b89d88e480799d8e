#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/plan/passed_cuts.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"

#include <vector>

namespace transcoder::stages {

/// The way of a sound's own packets into fragments, one after the other without holes.
class PassedSoundLane {
  public:
    /// Borrows all.
    PassedSoundLane(const plan::Plan& plan, const AVStream& stream, FragmentSink& sink);

    /// The next packet; those behind the recording's end are left out.
    void take(av::Packet packet);
    void finish();

  private:
    void cut();

    FragmentSink& sink_;
    av::EncodedForm form_;
    plan::PassedCuts cuts_;
    int segment_ = 0;                   ///< that is being filled
    std::int64_t next_ = 0;             ///< packet
    std::vector<av::Packet> packets_;   ///< of the segment
};

} // namespace transcoder::stages
