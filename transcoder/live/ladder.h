#pragma once

#include "transcoder/av/scaler.h"
#include "transcoder/live/ticks.h"
#include "transcoder/plan/facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transcoder::live {

/// One encoding of the picture of a live recording.
struct LiveRung {
    std::string name;              ///< "v720"
    av::Size size;                 ///< of the canvas, or of what was handed on first
    /// passed: the publisher's own packets, where they can be.
    enum class Made { encoded, passed } made = Made::encoded;
    Ticks step = second / 30;      ///< between two pictures, at least
    int max_rate = 0;              ///< bits a second; of what passes, as it was at first
    int quality = 23;              ///< CRF
    friend bool operator==(const LiveRung&, const LiveRung&) = default;
};

/// What a publisher sends.
struct Offered {
    plan::ShownSize size;
    Ticks step = 0;
    int rate = 0;   ///< bits a second
};
/// What is made of it, the thinnest first, at least two: decided once in a recording's life. A rung in the
/// middle only where four threads or more leave room for it.
std::vector<LiveRung> live_ladder(const Offered& offered, LiveRung::Made top, unsigned threads);

/// Makes what is said of the rung that is handed on hold for another publisher too: the larger picture,
/// the shorter step. Gives whether anything changed.
bool widen(LiveRung& passed, const Offered& offered);

/// The shortest multiple of `published` that is as long as `shortest`, or but a little less.
Ticks paced(Ticks published, Ticks shortest);

/// What stands in for the top rung while the publisher's packets cannot be handed on.
LiveRung encoded_instead(const LiveRung& passed);

/// As a line of JSON, and read again; none where it is no such line.
std::string to_text(const std::vector<LiveRung>& rungs);
std::optional<std::vector<LiveRung>> read_live_ladder(std::string_view text);

} // namespace transcoder::live
