#pragma once

#include "tests/support/hls_rules/multivariant.h"
#include "tests/support/hls_rules/rendition.h"

#include <map>
#include <string>

namespace hls_rules {

using Renditions = std::map<std::string, Rendition>; ///< by address

/// Codecs are compared so: RFC 6381 writes hexadecimal digits either way.
std::string in_capitals(std::string text);

/// Checks what a multivariant playlist says of its renditions (V, B).
void check_variants(const ListedPresentation& listed, const Renditions& renditions,
                    const std::string& place, Breaches& breaches);

/// Checks that I-frames are listed where there is a picture, and what is said of them (I, V, B, and
/// all that concerns any media playlist). `playlist` is the file that lists them.
void check_i_frames(const ListedPresentation& listed, const Renditions& renditions,
                    const std::filesystem::path& playlist, Files& files, Breaches& breaches);

/// Checks that all renditions of a presentation lie beside each other (M5, M13, G).
void check_alignment(const Renditions& renditions, Breaches& breaches);

} // namespace hls_rules
