#include "transcoder/withdraw/picture_before.h"

#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"
#include "transcoder/av/time.h"

namespace transcoder::withdraw {

av::Frame picture_before(const Rendition& rendition, std::chrono::microseconds instant) {
    // Renditions count in ticks of their own, so that the same instant is a little beside.
    constexpr std::chrono::microseconds rounding{1000};
    const auto before = std::max(instant - rounding, std::chrono::microseconds(0));
    const auto at = rendition.segment_at(before);
    const auto bytes = rendition.playable(at, at + 1);
    av::Input input(bytes);
    input.only(0);
    const auto time_base = input.stream(0).time_base;
    av::Decoder decoder(input.stream(0));
    av::Frame shown;
    bool is_behind = false;
    const auto take = [&] {
        while (auto frame = decoder.receive()) {
            const auto when = av::to_microseconds(frame->pts, time_base);
            is_behind |= shown && when > before;
            if (!is_behind)
                shown = std::move(frame);
        }
    };
    while (auto packet = is_behind ? nullptr : input.read()) {
        decoder.send(packet.get());
        take();
    }
    decoder.send(nullptr);
    take();
    return shown;
}

} // namespace transcoder::withdraw
