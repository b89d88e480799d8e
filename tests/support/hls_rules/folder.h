#pragma once

#include "tests/support/hls_rules/breach.h"

#include <filesystem>

namespace hls_rules {

/// Checks a finished recording's folder (main.m3u8, and audio.m3u8 where there is one) against
/// every MUST of the rules of HLS that concern playlist text and segment bytes: syntax, media
/// playlists, multivariant playlists, bandwidth, segments, alignment, I-frames. Gives all that are broken,
/// each once.
Breaches check_folder(const std::filesystem::path& folder);

} // namespace hls_rules
