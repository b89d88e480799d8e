#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/av/spliced_track.h"

#include <span>
#include <string>

namespace transcoder::av {

/// A file of one track, and the language it is in.
struct OneTrack {
    const SourceFile& file;
    std::string language;   ///< by ISO 639-2; empty where it is not known
};

/// Puts the tracks into one MP4, packet by packet, as they are and when they are: what hides a
/// decoder's delay or an encoder's priming in them hides it there. Of `pieces` it holds those alone,
/// one behind the other (SplicedTrack); none: all. What plays it needs no byte behind the one that it
/// plays: `moov` stands before `mdat`. `descriptor` is an empty file, open for reading and writing.
/// Throws Failure.
void remux(std::span<const OneTrack> tracks, std::span<const Piece> pieces, int descriptor);

} // namespace transcoder::av
