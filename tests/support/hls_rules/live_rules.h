#pragma once

#include "tests/support/hls_rules/live_version.h"

#include <filesystem>
#include <set>

namespace hls_rules {

/// What one version breaks by itself; `others`: the renditions beside it (M2, M6, M7, L4, LL1 to LL8).
void check_version(const LiveVersion& version, const std::set<std::string>& others,
                   Breaches& breaches);

/// What it breaks against the version before it: nothing but appended, and the same promises (L1, L2,
/// L7, LL2, LL7).
void check_next(const LiveVersion& before, const LiveVersion& now, Breaches& breaches);

/// What a delta update breaks that came for `before` (LL11), and what it makes of that one: the whole
/// playlist.
LiveVersion apply_delta(const LiveVersion& before, const LiveVersion& delta, Breaches& breaches);

/// The same of a whole session: `<rendition>/<serial>.m3u8` is every version in the order in which they
/// came, and `<serial>-delta.m3u8` a delta update that came for that version. The last one is an ended
/// recording's. Throws std::runtime_error where there is nothing.
Breaches check_recorded_session(const std::filesystem::path& folder);

} // namespace hls_rules
