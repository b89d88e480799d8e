#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/plan/avc.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stages/fragment.h"

#include <vector>

namespace transcoder::stages {

/// The way of a picture's own packets into fragments. They are stamped anew: shown when the source
/// says, and decoded when the picture `delay` packets before them, in the order of showing, is shown.
class PassedPictureLane {
  public:
    /// Borrows all.
    PassedPictureLane(const plan::Plan& plan, const AVStream& stream, FragmentSink& sink);

    /// The next packet in decoding order.
    void take(av::Packet packet);
    void finish();

  private:
    void cut();
    void stamp();
    void stay_to_the_end();

    const plan::Plan& plan_;
    const plan::PassedPicture& passed_;
    FragmentSink& sink_;
    av::EncodedForm form_;
    std::optional<plan::AvcConfiguration> configuration_;
    int segment_ = 0;                   ///< that is being filled
    enum class Last { no, yes } last_ = Last::no;
    std::vector<av::Packet> packets_;   ///< of it
    std::vector<std::int64_t> shown_;   ///< ticks: the `delay` pictures before it
};

} // namespace transcoder::stages
