#include "transcoder/plan/passed_cuts.h"

#include "transcoder/plan/grid.h"
#include "transcoder/plan/sound_scan.h"

#include <algorithm>

namespace transcoder::plan {

PassedCuts::PassedCuts(const PassedPicture& picture, const PassedSound& sound, int sample_rate)
    : lead_(sound.lead), sample_rate_(sample_rate) {
    for (const auto cut : picture.cuts) {
        const auto samples = scaled(cut, sample_rate, picture.timescale) + lead_;
        wanted_ = scaled(samples, 1, samples_a_packet);
        packets_.push_back(cut == 0 ? 0 : std::min(wanted_, sound.packets));
    }
}

std::chrono::microseconds PassedCuts::instant(int segment) const {
    // What lies before the recording's 0 is not heard.
    const auto samples = std::max<std::int64_t>(0, packet(segment) * samples_a_packet - lead_);
    return std::chrono::microseconds(scaled(samples, 1'000'000, sample_rate_));
}

} // namespace transcoder::plan
