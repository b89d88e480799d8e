#pragma once

#include "catalog/media/media_playlist.h"
#include "catalog/withdrawn_span.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace catalog::media {

/// Of what a withdrawn span takes something: `sound`'s packets reach into their neighbours by the window
/// of two of them.
enum class TrackKind { picture, sound };
/// By a rendition's name.
TrackKind track_kind_of(std::string_view rendition);

/// Whether something of `withdrawn` is in what is shown or heard in `[begin, end)` of a track.
bool takes_from(const WithdrawnSpan& withdrawn, TrackKind track, std::chrono::microseconds begin,
                std::chrono::microseconds end);

/// What becomes of something in `[begin, end)` of a track: withheld while one of `spans` that takes from it
/// is; made anew as often as one has been removed. `spans` are of one recording.
Revision revision_of(std::span<const WithdrawnSpan> spans, TrackKind track, std::chrono::microseconds begin,
                     std::chrono::microseconds end);

/// How many of them have taken from pictures, and are removed.
unsigned picture_revision(std::span<const WithdrawnSpan> spans);

/// Gives all segments of a whole playlist their revisions, and its init sections theirs.
void revise(MediaPlaylist& playlist, std::span<const WithdrawnSpan> spans, TrackKind track);

/// Places of the segments of a whole playlist from which one of `spans` takes something, ascending.
std::vector<std::size_t> touched(const MediaPlaylist& playlist, std::span<const WithdrawnSpan> spans,
                                 TrackKind track);

} // namespace catalog::media
