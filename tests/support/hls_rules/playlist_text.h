#pragma once

#include "tests/support/hls_rules/breach.h"

#include <string>
#include <string_view>
#include <vector>

namespace hls_rules {

/// A line of a playlist that says something: a tag with its value, or an address.
struct PlaylistLine {
    std::string tag;   ///< "EXTINF"; empty for an address
    std::string value; ///< of the tag, or the address
};

enum class PlaylistKind { media, multivariant };

/// Takes a playlist's text apart and notes what any playlist can have wrong (P1, P3, P4).
std::vector<PlaylistLine> read_playlist_text(std::string_view text, PlaylistKind kind,
                                             const std::string& place, Breaches& breaches);

/// Whether an address leads to something inside the folder (P4).
bool stays_inside(std::string_view address);

} // namespace hls_rules
