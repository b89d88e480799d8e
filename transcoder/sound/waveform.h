#pragma once

#include "transcoder/av/resampler.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace transcoder::sound {

/// How high a recording's sound reaches in each eighth of a second, for those who draw it. Takes the
/// sound from its beginning, once.
class Waveform {
  public:
    static constexpr std::chrono::milliseconds interval{125};

    explicit Waveform(std::chrono::microseconds duration);

    void add(const av::Samples& samples);
    /// Whether anything was added.
    bool has_begun() const { return heard_ > 0; }

    /// For each interval, the last one cut off by the end, the highest sample of either side in
    /// hundredths of full scale: 0 to 100. As JSON.
    std::string to_text() const;

    /// Intervals of a recording.
    static std::size_t count(std::chrono::microseconds duration);

  private:
    std::int64_t heard_ = 0;     ///< samples
    std::vector<float> peaks_;   ///< of full scale
};

/// Adds the sound of a finished rendition.
void hear(const std::filesystem::path& rendition, Waveform& waveform);

} // namespace transcoder::sound
