#include "catalog/media/bandwidth.h"

#include <algorithm>

namespace catalog::media {

namespace {

using std::chrono::microseconds;

/// Contiguous segments taken together.
struct Run {
    microseconds duration{0};
    std::uint64_t size = 0;

    void add(const Segment& segment) {
        duration += segment.duration;
        size += segment.bytes.size;
    }

    std::uint64_t rate() const {
        constexpr std::uint64_t bits_a_byte = 8;
        constexpr std::uint64_t microseconds_a_second = 1'000'000;
        if (duration <= microseconds(0)) {
            return 0;
        }
        const auto length = static_cast<std::uint64_t>(duration.count());
        return (size * bits_a_byte * microseconds_a_second + length - 1) / length;
    }
};

/// The highest rate of the runs that start at the front of `segments` and last long enough.
std::uint64_t peak_from(std::span<const Segment> segments, microseconds shortest,
                        microseconds longest) {
    std::uint64_t peak = 0;
    Run run;
    for (const Segment& segment : segments) {
        run.add(segment);
        if (run.duration > longest) {
            break;
        }
        if (run.duration >= shortest) {
            peak = std::max(peak, run.rate());
        }
    }
    return peak;
}

std::uint64_t highest_of_single(std::span<const Segment> segments) {
    std::uint64_t peak = 0;
    for (const Segment& segment : segments) {
        peak = std::max(peak, Run{segment.duration, segment.bytes.size}.rate());
    }
    return peak;
}

} // namespace

Bandwidth operator+(const Bandwidth& one, const Bandwidth& other) {
    return {one.peak + other.peak, one.average + other.average};
}

Bandwidth measure(std::span<const Segment> segments, int target_duration) {
    const microseconds target = std::chrono::seconds(target_duration);
    const microseconds shortest = target / 2;
    const microseconds longest = target + target / 2;

    Run whole;
    std::uint64_t peak = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        whole.add(segments[i]);
        peak = std::max(peak, peak_from(segments.subspan(i), shortest, longest));
    }
    if (whole.duration < shortest) {
        peak = whole.rate();
    } else if (peak == 0) {
        peak = highest_of_single(segments);
    }
    return {std::max(peak, whole.rate()), whole.rate()};
}

} // namespace catalog::media
