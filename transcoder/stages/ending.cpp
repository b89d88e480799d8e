#include "transcoder/stages/ending.h"

#include "transcoder/av/input.h"
#include "transcoder/av/time.h"
#include "transcoder/stages/straightened.h"

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
    auto frames = picture_frames;
    if (plan_.source.sound) {
        const auto picture_end = grid.at(picture_frames);
        const auto end = sound_end(picture_end);
        if (end > picture_end + longest_cut)
            frames = grid.nearest(end);
    }
    frames = std::min(frames, most_frames(grid));
    frames = (frames + grid.step() - 1) / grid.step() * grid.step();
    known_.emplace(picture_frames, frames);
    return frames;
}

microseconds Ending::sound_end(microseconds from) const {
    const auto& promised = plan_.source.duration;
    if (promised && *promised <= from + longest_cut)
        return from;
    av::Input input(file_);
    const int stream = plan_.source.sound->stream;
    input.only(stream);
    const auto time_base = input.stream(stream).time_base;
    if (plan_.source.access == plan::SourceFacts::Access::anywhere)
        input.seek(plan_.source.picture->stream,
                   av::to_ticks(from + plan_.source.origin,
                                input.stream(plan_.source.picture->stream).time_base));
    Straightened straight(plan_.source.access);
    microseconds end{0};
    while (const auto packet = input.read()) {
        auto instant = av::to_microseconds(packet->pts, time_base);
        if (instant)
            *instant -= plan_.source.origin;
        const auto lasts = av::to_microseconds(packet->duration, time_base).value_or(microseconds{0});
        end = std::max(end, straight.place(instant, lasts) + lasts);
    }
    return end;
}

} // namespace transcoder::stages
