#pragma once

#include "transcoder/av/handles.h"

#include <memory>
#include <string>
#include <string_view>

namespace transcoder::av {

/// What a muxer must know of a track before its first packet. The same for every chunk of it.
struct EncodedForm {
    std::shared_ptr<const AVCodecParameters> parameters;
    AVRational frame_rate{0, 1};  ///< 0/1 for sound
    int timescale = 0;            ///< ticks a second
    int frame_ticks = 0;          ///< ticks a packet lasts
    int delay = 0;                ///< packets by which decoding runs ahead of showing
    int lead = 0;                 ///< ticks by which it does at the track's beginning
};

/// Whether a decoder is told the very same of both.
bool is_same_form(const EncodedForm& a, const EncodedForm& b);

/// Ten times the name of an H.264 track's level.
int level_of(const EncodedForm& form);

/// As RFC 6381 says it: "avc1.64001f", "mp4a.40.2".
std::string codec_name(const EncodedForm& form);
/// The same of the track that an init section describes, one that `init_section` gave.
std::string codec_name(std::string_view init);
/// What a decoder must be to play both: of two H.264 names the higher profile and the higher level.
std::string covering_codec(const std::string& a, const std::string& b);

/// A packet that begins with its track's parameter sets, framed as its units are: for players that, where
/// a file has a further `moov`, keep to its first.
Packet with_parameter_sets(const AVPacket& packet, const EncodedForm& form);

/// An encoder's or a source's parameters, to keep.
std::shared_ptr<const AVCodecParameters> parameters_of(const AVCodecContext& context);
std::shared_ptr<const AVCodecParameters> parameters_of(const AVStream& stream);

} // namespace transcoder::av
