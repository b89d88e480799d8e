#pragma once

#include "transcoder/sound/limiter.h"
#include "transcoder/sound/treatment.h"
#include "transcoder/stages/sound_reader.h"

namespace transcoder::stages {

/// The recording's sound as it is to be heard: mended, of the right loudness, its peaks held. What is
/// read follows from the reader's samples around it, wherever reading began.
class TreatedSound {
  public:
    /// Borrows the reader.
    TreatedSound(SoundReader& reader, const sound::Treatment& treatment);

    /// Both as the reader's.
    void start_at(std::int64_t sample);
    av::Samples read(std::int64_t begin, std::int64_t count);

  private:
    SoundReader& reader_;
    const sound::Treatment treatment_;
    const float factor_;
    const sound::Limiter limiter_;
};

} // namespace transcoder::stages
