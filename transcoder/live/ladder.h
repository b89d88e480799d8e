#pragma once

#include "transcoder/av/scaler.h"
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
    int frames = 30;               ///< a second, at most
    int max_rate = 0;              ///< bits a second; of what passes, as it was at first
    int quality = 23;              ///< CRF
    friend bool operator==(const LiveRung&, const LiveRung&) = default;
};

/// What is made of a publisher's picture, the thinnest first, at least two: decided once in a
/// recording's life. A rung in the middle only where more than a handful of threads leave room for it.
std::vector<LiveRung> live_ladder(plan::ShownSize size, LiveRung::Made top, int top_rate,
                                  unsigned threads);

/// What stands in for the top rung while the publisher's packets cannot be handed on.
LiveRung encoded_instead(const LiveRung& passed);

/// As a line of JSON, and read again; none where it is no such line.
std::string to_text(const std::vector<LiveRung>& rungs);
std::optional<std::vector<LiveRung>> read_live_ladder(std::string_view text);

} // namespace transcoder::live
