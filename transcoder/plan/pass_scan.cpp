#include "transcoder/plan/pass_scan.h"

#include "transcoder/av/input.h"
#include "transcoder/av/time.h"
#include "transcoder/plan/grid.h"
#include "transcoder/plan/picture_scan.h"
#include "transcoder/plan/sound_scan.h"

namespace transcoder::plan {

std::int64_t PassClock::ticks(std::int64_t stamp) const {
    auto ticks = (stamp - origin) * factor;
    if (unit > 1)
        ticks = first + scaled(ticks - first, 1, unit) * unit;
    return ticks <= first ? 0 : ticks;
}

Passing scan_packets(const av::SourceFile& file, const SourceFacts& facts) {
    Passing passing;
    if (!facts.picture)
        return passing;
    av::Input input(file);
    PictureScan picture(input.context(), facts);
    std::optional<SoundScan> sound;
    if (facts.sound)
        sound.emplace(input.context(), facts);
    input.only(facts.picture->stream, facts.sound ? facts.sound->stream : -1);
    while (picture.why_not().empty()) {
        const auto packet = input.read();
        if (!packet)
            break;
        if (packet->stream_index == facts.picture->stream)
            picture.take(*packet);
        else if (sound)
            sound->take(*packet);
    }
    passing.picture =
        picture.finish(sound ? sound->end() : std::chrono::microseconds{0});
    passing.why_no_picture = picture.why_not();
    if (sound && passing.picture) {
        passing.sound = sound->finish(*passing.picture);
        passing.why_no_sound = sound->why_not();
    } else if (sound) {
        // Sound alone is encoded so fast that nothing is won.
        passing.why_no_sound = "picture";
    }
    return passing;
}

} // namespace transcoder::plan
