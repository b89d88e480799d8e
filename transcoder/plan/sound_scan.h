#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/plan/facts.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::plan {

/// Samples in a packet of AAC-LC.
inline constexpr int samples_a_packet = 1024;

/// Judges whether a sound's packets can be handed on as they are. Where they cannot, it still finds
/// where the sound ends.
class SoundScan {
  public:
    /// Borrows both.
    SoundScan(const AVFormatContext& input, const SourceFacts& facts);

    void take(const AVPacket& packet);
    /// Where what was taken ends, from the recording's 0.
    std::chrono::microseconds end() const { return end_; }

    /// Why it cannot be, in one term; empty as long as nothing speaks against it.
    const std::string& why_not() const { return why_not_; }
    /// All packets were taken. None where something speaks against it.
    std::optional<PassedSound> finish(const PassedPicture& picture);

  private:
    std::string speaks_against() const;
    std::string speaks_against(const AVPacket& packet) const;
    std::optional<PassedSound> no(const char* why);
    /// Samples from the recording's 0.
    std::int64_t samples(std::int64_t stamp) const;

    const AVStream& stream_;
    const SourceFacts& facts_;
    std::string why_not_;
    std::chrono::microseconds end_{0};
    std::int64_t first_ = 0;               ///< samples
    std::vector<std::uint32_t> sizes_;     ///< of the packets, bytes
};

} // namespace transcoder::plan
