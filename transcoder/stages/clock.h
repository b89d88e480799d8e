#pragma once

#include <chrono>
#include <map>
#include <optional>

namespace transcoder::stages {

/// Takes the jumps out of a recording's clock. What is read in order may have been cut and joined
/// (broadcasts, restarted encoders): a step of more than half a minute ahead of all that came, or of
/// a second back, is no pause but another clock, which goes on where the last one stopped. Picture
/// and sound are moved by the same, whichever of them jumps first, so that they stay together.
class Clock {
  public:
    /// What is to be added to the times of a packet of `stream` that says it is at `instant` and
    /// lasts `lasts`. Packets come in the order of the file.
    std::chrono::microseconds correction(int stream, std::chrono::microseconds instant,
                                         std::chrono::microseconds lasts);

  private:
    /// How far a stream is.
    struct Hand {
        std::chrono::microseconds expected{0};
        std::chrono::microseconds correction{0};
        std::chrono::microseconds behind{0};  ///< passed since another stream jumped
    };
    void follow(Hand& hand, std::chrono::microseconds instant,
                std::chrono::microseconds lasts) const;
    void mend(Hand& hand, std::chrono::microseconds instant);

    std::map<int, Hand> hands_;
    std::chrono::microseconds newest_{0};
    std::chrono::microseconds furthest_{0};   ///< the latest of what is expected
};

/// Where things of one stream lie: what does not say so follows what came before it.
class Sequence {
  public:
    std::chrono::microseconds place(std::optional<std::chrono::microseconds> instant,
                                    std::chrono::microseconds lasts) {
        const auto placed = instant.value_or(expected_);
        expected_ = placed + lasts;
        return placed;
    }

  private:
    std::chrono::microseconds expected_{0};
};

} // namespace transcoder::stages
