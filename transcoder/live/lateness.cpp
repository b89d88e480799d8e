#include "transcoder/live/lateness.h"

#include <algorithm>

namespace transcoder::live {

using std::chrono::microseconds;

void Lateness::look(Instant now, Instant waited, Ticks at) {
    if (waited != waited_) {
        waited_ = waited;
        base_ = now;
        base_at_ = at;
    }
    const auto elapsed = std::chrono::duration_cast<microseconds>(now - base_);
    late_ = std::max(microseconds{0}, elapsed - to_microseconds(at - base_at_));
}

bool Lateness::is_too_late(Instant now) {
    constexpr std::chrono::milliseconds bearable{1500};
    constexpr std::chrono::seconds pause{2};
    if (now - asked_ < pause)
        return false;
    const bool grows = late_ > late_before_;
    asked_ = now;
    late_before_ = late_;
    return late_ > bearable && grows;
}

} // namespace transcoder::live
