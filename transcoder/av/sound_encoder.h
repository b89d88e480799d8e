#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/resampler.h"

namespace transcoder::av {

inline constexpr int sound_packet_samples = 1024;

enum class Channels { mono = 1, stereo = 2 };

/// How a packet's bits are found. The quick way takes a third of the time; of speech on one channel it
/// is as good by what is masked and what is not, of stereo at low rates the highest sounds suffer.
enum class Search { thorough, quick };

/// AAC-LC, 48 kHz where no other rate is asked for. One encoder a chunk, as with pictures. Mono takes the first plane of what is sent.
class SoundEncoder {
  public:
    explicit SoundEncoder(int bit_rate, Channels channels = Channels::stereo,
                          Search search = Search::thorough, int rate = sound_rate);

    /// Takes the `sound_packet_samples` samples of packet `number`, counted from the track's
    /// beginning. Call `receive` until it gives nothing.
    void send(const Samples& samples, std::int64_t number);
    void finish();
    /// The next packet, `pts` counted in packets: the encoder's first is one before the first sent,
    /// for it runs one packet late (the priming, a whole packet).
    Packet receive();

    EncodedForm form() const;

  private:
    CodecContext context_;
    Frame frame_;
    int channels_;
};

} // namespace transcoder::av
