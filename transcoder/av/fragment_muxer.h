#pragma once

#include "transcoder/av/encoded_form.h"

#include <span>
#include <string>

namespace transcoder::av {

/// CMAF by libavformat's mp4 muxer, a muxer for each piece, so that no piece depends on what was
/// written before it: a run that goes on writes the same bytes as one that was not stopped.

/// `ftyp` and `moov` of a track, made from its first packet (which is not written). One edit takes
/// the decoding delay away.
std::string init_section(const EncodedForm& form, const AVPacket& first);

/// A fragment, `moof` and `mdat`. Its packets are in decoding order, and stamped: `pts`, `dts` and
/// `duration` in the form's ticks, the track's first decoding time as zero, each decoding time where
/// the packet before ends. `number` counts fragments from 0.
std::string fragment(const EncodedForm& form, int number, std::span<const Packet> packets);

} // namespace transcoder::av
