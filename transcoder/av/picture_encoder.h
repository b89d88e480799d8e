#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/scaler.h"

namespace transcoder::av {

/// How a rung's pictures are encoded.
struct PictureSettings {
    Size size;
    AVRational frame_rate;
    int key_interval = 0;   ///< frames
    int max_rate = 0;       ///< bits a second
    int buffer = 0;         ///< bits that may come at once
    double quality = 23;    ///< x264's CRF
    int timescale = 0;      ///< ticks a second
    int frame_ticks = 0;    ///< ticks that a frame lasts
};

/// x264, one thread, the same bytes on every processor. One encoder a chunk: what it makes depends
/// on nothing but the chunk's pictures.
class PictureEncoder {
  public:
    explicit PictureEncoder(const PictureSettings& settings);

    enum class Kind { any, key };
    /// When a picture is shown, in frames of this rung from the track's beginning.
    struct When {
        std::int64_t number = 0;
        std::int64_t lasts = 1;   ///< until the next that is sent
        std::int64_t stays = 1;   ///< as far as known, until one that shows something else
    };
    /// Borrows. What lasts longer than a frame is followed by nothing that is decoded before it.
    /// Call `receive` until it gives nothing.
    void send(const AVFrame& picture, const When& when, Kind kind);
    void finish();
    /// The next packet in decoding order, `pts` in frames; none where more pictures are wanted.
    Packet receive();

    EncodedForm form() const;

  private:
    CodecContext context_;
    PictureSettings settings_;
    Frame shown_;
};

} // namespace transcoder::av
