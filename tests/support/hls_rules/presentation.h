#pragma once

#include "tests/support/hls_rules/multivariant.h"
#include "tests/support/hls_rules/rendition.h"

#include <map>
#include <string>

namespace hls_rules {

using Renditions = std::map<std::string, Rendition>; ///< by address

/// Checks what a multivariant playlist says of its renditions (V, B).
void check_variants(const ListedPresentation& listed, const Renditions& renditions,
                    const std::string& place, Breaches& breaches);

/// Checks that all renditions of a presentation lie beside each other (M5, M13, G).
void check_alignment(const Renditions& renditions, Breaches& breaches);

} // namespace hls_rules
