#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/scaler.h"

#include <string>

namespace transcoder::av {

/// How a rung's pictures are encoded.
struct PictureSettings {
    Size size;
    AVRational frame_rate;
    int key_interval = 0;   ///< frames
    int max_rate = 0;       ///< bits a second
    int buffer = 0;         ///< bits that may come at once
    double filled = 0.6;    ///< how full it is when encoding begins, 0 to 1
    double quality = 23;    ///< x264's CRF
    int timescale = 0;      ///< ticks a second
    int frame_ticks = 0;    ///< ticks that a frame lasts
    /// How bits are dealt out. `rated`: by what x264 sees ahead, and never more than the rate.
    /// `constant`: one quantizer for all that follows a key frame, for pictures of which little moves:
    /// nothing is gained there by looking ahead, which is most of the time that they cost.
    enum class Dealt { rated, constant } dealt = Dealt::rated;
    /// `careful`: motion looked for by what is coded of it, and further ahead; where few bits must do.
    enum class Effort { usual, careful } effort = Effort::usual;
    int level = 0;          ///< ten times its name; 0: by size and rate
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
    void set_up(AVCodecContext& context) const;
    std::string parameters() const;

    CodecContext context_;
    PictureSettings settings_;
    Frame shown_;
};

} // namespace transcoder::av
