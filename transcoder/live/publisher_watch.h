#pragma once

#include "transcoder/live/ticks.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace transcoder::live {

/// What a publisher sends, told now and then.
struct PublisherTold {
    int width = 0;
    int height = 0;
    double frame_rate = 0;
    std::uint64_t bit_rate = 0;
    std::chrono::microseconds late{0};
    std::chrono::microseconds key_frame_gap{0};
    std::int64_t dropped_frames = 0;   ///< holes in its time stamps, since it came
    enum class Sound { comes, is_missing } sound = Sound::is_missing;
};

/// Counts what comes; in the publisher's time.
class PublisherWatch {
  public:
    void picture(Ticks decoded, bool is_key);
    void sound() { heard_ = last_.value_or(0); }
    /// Another clock.
    void jump();
    /// Whether sound came within the last two seconds.
    bool hears_sound() const;
    /// About every five seconds, `bytes` read so far: the rates since then.
    std::optional<PublisherTold> tell(std::chrono::steady_clock::time_point now, std::uint64_t bytes);

  private:
    std::optional<Ticks> last_;
    std::optional<Ticks> last_key_;
    std::optional<Ticks> heard_;
    Ticks gap_ = 0;
    Ticks usual_ = 0;                 ///< between pictures
    Ticks span_ = 0;                  ///< since it was told
    std::int64_t pictures_ = 0;       ///< likewise
    std::int64_t dropped_ = 0;
    std::uint64_t bytes_ = 0;
    std::optional<std::chrono::steady_clock::time_point> told_;
};

} // namespace transcoder::live
