#pragma once

#include "transcoder/plan/grid.h"

#include <chrono>
#include <span>
#include <vector>

namespace transcoder::plan {

/// The first segments of the chunks that a recording of `segments` and a part of one is made in, and of
/// what may follow behind them. Every chunk costs what
/// is decoded from the last of the source's `keys` to its beginning and is not shown, and a join: so
/// chunks begin a little behind keys, and are five segments at most. Towards the end, where threads
/// would wait for each other, they are shorter.
std::vector<int> choose_chunks(const Grid& grid, int segments,
                               std::span<const std::chrono::milliseconds> keys);

} // namespace transcoder::plan
