#include "transcoder/sound/finished_sound.h"

#include <utility>

namespace transcoder::sound {

FinishedSound::FinishedSound(const std::filesystem::path& rendition)
    : file_(av::SourceFile::open(rendition)), input_(file_), decoder_(input_.stream(0)) {
    input_.only(0);
}

std::optional<av::Samples> FinishedSound::next() {
    for (;;) {
        if (const auto frame = decoder_.receive()) {
            if (auto samples = take(*frame))
                return samples;
            continue;
        }
        if (state_ == State::reading) {
            const auto packet = input_.read();
            if (!packet)
                state_ = State::draining;
            decoder_.send(packet.get());
            continue;
        }
        if (std::exchange(state_, State::ended) == State::ended || !resampler_)
            return std::nullopt;
        return resampler_->flush();
    }
}

std::optional<av::Samples> FinishedSound::take(const AVFrame& frame) {
    // What comes before the beginning is the encoder's priming.
    if (frame.pts != AV_NOPTS_VALUE && frame.pts < 0)
        return std::nullopt;
    if (!resampler_)
        resampler_.emplace(frame);
    return resampler_->fits(frame) ? std::optional(resampler_->convert(frame)) : std::nullopt;
}

} // namespace transcoder::sound
