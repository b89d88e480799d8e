#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/plan/avc.h"
#include "transcoder/plan/facts.h"

#include <optional>
#include <string>
#include <vector>

namespace transcoder::plan {

/// Judges whether a picture's packets can be handed on as they are, by its headers and then by all
/// its packets in their order.
class PictureScan {
  public:
    /// Borrows both.
    PictureScan(const AVFormatContext& input, const SourceFacts& facts);

    void take(const AVPacket& packet);

    /// Why it cannot be, in one term; empty as long as nothing speaks against it.
    const std::string& why_not() const { return why_not_; }

    /// All packets were taken; `sound_end` is how long the sound goes on. None where something
    /// speaks against it.
    std::optional<PassedPicture> finish(std::chrono::microseconds sound_end);

  private:
    struct Taken {
        std::int64_t stamp;
        std::uint32_t bytes;
    };
    std::string speaks_against(const AVFormatContext& input) const;
    std::string speaks_against(const AVPacket& packet);
    bool set_clock(PassedPicture& picture) const;
    PassClock on_frames(PassClock clock, int timescale) const;
    bool set_order(PassedPicture& picture) const;
    std::int64_t end_of(const PassedPicture& picture, std::chrono::microseconds sound_end) const;
    catalog::media::Bandwidth measure(const PassedPicture& picture) const;
    std::optional<PassedPicture> no(const char* why);

    const AVStream& stream_;
    const SourceFacts& facts_;
    std::optional<AvcConfiguration> configuration_;
    std::string why_not_;
    std::vector<Taken> taken_;          ///< in their order
    std::vector<std::size_t> keys_;     ///< those of them that are IDR pictures
    std::int64_t latest_ = 0;           ///< stamp
    std::int64_t latest_lasts_ = 0;
};

} // namespace transcoder::plan
