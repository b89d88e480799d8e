#pragma once

#include "transcoder/plan/grid.h"
#include "transcoder/plan/ladder.h"
#include "transcoder/rejection.h"

#include <string_view>
#include <vector>

namespace transcoder::plan {

/// What somebody wants of a plan beyond what the source decides.
struct Wishes {
    std::string language = "ja";             ///< of the sound, where the source does not say
    std::vector<WantedRung> ladder;          ///< empty: the usual one
    std::chrono::seconds segment = Grid::usual_segment;
};

/// Reads `360@12,480@15,720,1080`: lines of the short side, with frames a second where not all of
/// the source's are wanted. Rejects, with one sentence, what is no ladder.
Outcome<std::vector<WantedRung>> read_ladder(std::string_view text);

/// Reads seconds. Rejects what is no whole number of them, or out of the range.
Outcome<std::chrono::seconds> read_segment(std::string_view text);

} // namespace transcoder::plan
