#pragma once

#include "transcoder/folder/fresh_folder.h"
#include "transcoder/plan/plan.h"
#include "transcoder/stills/slide_finder.h"
#include "transcoder/stills/track.h"

#include <chrono>
#include <vector>

namespace transcoder::stills {

/// A segment of the sound-and-slides presentation lasts at most so long, in seconds: its one
/// picture is all that a player which comes in the middle has to fetch.
inline constexpr int longest_segment = 24;

/// Where the presentation is cut, its end included: at each new slide, and evenly within those that
/// stand longer than a segment.
std::vector<std::chrono::microseconds> slide_cuts(const std::vector<Slide>& slides);

/// The presentation above its tracks (`main.m3u8`), with what they were measured to need. `sound`
/// may be null.
void write_slide_show(const folder::FreshFolder& folder, const plan::Plan& plan,
                      const Track& picture, const Track* sound);

} // namespace transcoder::stills
