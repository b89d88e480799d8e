#pragma once

#include "transcoder/av/sound_encoder.h"
#include "transcoder/live/piece.h"

#include <array>
#include <deque>
#include <vector>

namespace transcoder::live {

/// Makes the sound's rendition, which is as long as the picture whatever the publisher sends: what
/// does not come, or comes too late, is silence.
class SoundLane {
  public:
    /// Goes on at `begin` with fragment `number`.
    SoundLane(int bit_rate, Ticks begin, int number);

    /// Sound that begins at `sample` of the recording. What was encoded already is passed over, as is
    /// what lies further ahead than anybody waits for.
    void add(const av::Samples& samples, std::int64_t sample);
    /// Whether all has come that is needed to end a part at `at`.
    bool reaches(Ticks at) const;
    /// From here on another part; what is missing before is silence.
    void cut(const Cut& cut);
    void end(Ticks at);
    /// What lies behind `at` was meant for another time.
    void forget_behind(Ticks at);

    Pieces& pieces() { return pieces_; }

  private:
    void encode_before(std::int64_t packet);
    void send_next();
    void close(Ticks at);

    av::SoundEncoder encoder_;
    av::EncodedForm form_;
    int number_;
    Cut open_;
    bool described_ = false;
    std::string init_;
    std::int64_t keep_from_;             ///< packets before are the encoder's warming up
    std::int64_t sent_;                  ///< packets
    std::int64_t made_;                  ///< packets before are encoded
    std::array<std::vector<float>, 2> planes_;  ///< from packet `sent_` on
    std::deque<av::Packet> packets_;
    Pieces pieces_;
};

} // namespace transcoder::live
