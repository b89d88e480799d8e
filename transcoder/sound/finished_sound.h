#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"
#include "transcoder/av/resampler.h"
#include "transcoder/av/source_file.h"

#include <filesystem>
#include <optional>

namespace transcoder::sound {

/// The sound of a finished rendition, read once from its beginning.
class FinishedSound {
  public:
    explicit FinishedSound(const std::filesystem::path& rendition);

    /// The next samples; none where there are no more.
    std::optional<av::Samples> next();

  private:
    std::optional<av::Samples> take(const AVFrame& frame);

    av::SourceFile file_;
    av::Input input_;
    av::Decoder decoder_;
    std::optional<av::Resampler> resampler_;
    enum class State { reading, draining, ended } state_ = State::reading;
};

} // namespace transcoder::sound
