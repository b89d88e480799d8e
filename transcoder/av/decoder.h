#pragma once

#include "transcoder/av/handles.h"

namespace transcoder::av {

/// Turns one stream's packets into frames, on the caller's thread.
class Decoder {
  public:
    /// Throws Failure where the stream's codec is none of ours or its parameters make no sense.
    explicit Decoder(const AVStream& stream) : Decoder(*stream.codecpar, stream.time_base) {}
    /// Of a stream of those parameters, whose packets are stamped in `time_base`.
    Decoder(const AVCodecParameters& parameters, AVRational time_base);

    enum class Taken { yes, damaged };
    /// Borrows. Call `receive` until it gives nothing before the next packet. Null: there are no
    /// more packets.
    Taken send(const AVPacket* packet);

    /// What is decoded of what is sent from now on. Pictures that no other needs are left out on the way
    /// to those that are wanted. What is `whole` and shown to nobody is decoded, for damage in it, but is
    /// not smoothed where no other needs it.
    enum class Wanted { all, whole, needed_by_others };
    void want(Wanted wanted);

    /// The next frame; none where more packets are wanted or, after the last, where all are given.
    Frame receive();

    /// Whether anything was damaged so far.
    bool met_damage() const { return met_damage_; }

  private:
    CodecContext context_;
    bool met_damage_ = false;
};

} // namespace transcoder::av
