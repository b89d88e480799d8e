#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace transcoder::plan {

/// Where a picture is cut that is handed on as it is. `keys` are the ticks of its IDR pictures, the
/// first 0; `end` is the recording's. Each cut is the key nearest to 6 s after the last one, of
/// those that lie at least 4 s after it. Gives 0 first and `end` last.
std::vector<std::int64_t> choose_cuts(std::span<const std::int64_t> keys, std::int64_t end,
                                      int timescale);

/// Whether players bear the segments between such cuts: none longer than 10 s (encoders' usual key
/// frames lie 8 to 10 s apart), and the last no sliver.
bool are_bearable(std::span<const std::int64_t> cuts, int timescale);

} // namespace transcoder::plan
