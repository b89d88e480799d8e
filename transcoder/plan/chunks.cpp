#include "transcoder/plan/chunks.h"

#include <algorithm>

namespace transcoder::plan {

namespace {

using std::chrono::milliseconds;

/// What an encoder that begins anew costs, as media that is decoded.
constexpr milliseconds join{2000};

/// A chunk that is stopped is lost, and is as much as its thread is behind the others.
constexpr int most_segments = 5;

/// A chunk that begins when `left` of the segments are left is so many of them at most: where one thread
/// has taken the last of them, the others are nearly done as well. Of a short recording there are chunks
/// enough.
int longest_chunk(int segments, int left) {
    constexpr int share = 3;
    constexpr int few = 6;
    const int least = segments <= few ? 3 : 2;
    return std::clamp(left / share, least, most_segments);
}

/// What is decoded before a chunk: filters look half a second back.
milliseconds decoded_before(milliseconds begin, std::span<const milliseconds> keys) {
    constexpr milliseconds looked_back{500};
    const auto after = std::ranges::upper_bound(keys, begin - looked_back);
    return after == keys.begin() ? begin : begin - *std::prev(after);
}

} // namespace

std::vector<int> choose_chunks(const Grid& grid, int segments,
                               std::span<const milliseconds> keys) {
    struct Way {
        milliseconds costs = milliseconds::max();
        int from = 0;
    };
    // The cheapest way to have a chunk begin, or the recording end, at a segment.
    std::vector<Way> ways(static_cast<std::size_t>(segments) + 1);
    ways.front().costs = milliseconds{0};
    for (int from = 0; from < segments; ++from) {
        const auto so_far = ways[static_cast<std::size_t>(from)].costs;
        const int last = std::min(segments, from + longest_chunk(segments, segments - from));
        for (int to = from + 1; to <= last; ++to) {
            auto costs = so_far;
            if (to < segments) {
                const auto begin =
                    std::chrono::floor<milliseconds>(grid.at(grid.segment_begin(to)));
                // A listed grid is cut where the source has keys.
                costs += join + (grid.is_listed() ? milliseconds{0} : decoded_before(begin, keys));
            }
            if (auto& way = ways[static_cast<std::size_t>(to)]; costs < way.costs)
                way = {costs, from};
        }
    }
    // What is left over behind the last whole segment goes with it.
    std::vector<int> first_segments{segments + 1};
    for (int at = segments; at > 0; at = ways[static_cast<std::size_t>(at)].from)
        first_segments.push_back(ways[static_cast<std::size_t>(at)].from);
    std::ranges::reverse(first_segments);
    return first_segments;
}

} // namespace transcoder::plan
