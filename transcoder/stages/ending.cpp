#include "transcoder/stages/ending.h"

#include "transcoder/av/time.h"
#include "transcoder/stages/straight_packets.h"

#include <algorithm>

namespace transcoder::stages {

using std::chrono::microseconds;

namespace {

constexpr std::chrono::milliseconds longest_cut{500};

} // namespace

std::int64_t Ending::most_frames(const plan::Grid& grid) {
    return grid.nearest(std::chrono::hours(24));
}

std::int64_t Ending::frames(std::int64_t picture_frames) {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(picture_frames); found != known_.end())
        return found->second;
    const auto& grid = plan_.grid;
    if (const auto end = grid.end())
        return *end;
    // Where no picture could be decoded there is nothing to be made, whichever chunk asks.
    if (picture_frames == 0)
        return 0;
    auto frames = picture_frames;
    if (plan_.source.sound) {
        const auto picture_end = grid.at(picture_frames);
        const auto end = sound_end(picture_end);
        if (end > picture_end + longest_cut)
            frames = grid.nearest(end);
    }
    constexpr std::chrono::seconds shortest{1};
    frames = std::clamp(frames, grid.nearest(shortest), most_frames(grid));
    frames = (frames + grid.step() - 1) / grid.step() * grid.step();
    known_.emplace(picture_frames, frames);
    return frames;
}

microseconds Ending::sound_end(microseconds from) const {
    const auto& promised = plan_.source.duration;
    if (promised && *promised <= from + longest_cut)
        return from;
    StraightPackets packets(file_, plan_, StraightPackets::Of::sound);
    if (plan_.source.access == plan::SourceFacts::Access::anywhere)
        packets.seek(from);
    Sequence sequence;
    microseconds end{0};
    while (const auto packet = packets.read()) {
        const auto lasts = av::to_microseconds(packet->duration, packets.stream().time_base)
                               .value_or(microseconds{0});
        end = std::max(end, sequence.place(packets.instant(packet->pts), lasts) + lasts);
    }
    return end;
}

} // namespace transcoder::stages
