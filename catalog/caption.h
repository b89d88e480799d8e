#pragma once

#include "catalog/id.h"

#include <chrono>
#include <string>
#include <vector>

namespace catalog {

struct Cue {
    std::chrono::milliseconds start;
    std::chrono::milliseconds end;
    std::string text;
    friend bool operator==(const Cue&, const Cue&) = default;
};

/// A video's captions in one language.
struct CaptionTrack {
    VideoId video;
    std::string language;  ///< BCP 47: ja
    std::string label;     ///< 日本語
    std::vector<Cue> cues;
    friend bool operator==(const CaptionTrack&, const CaptionTrack&) = default;
};

/// WebVTT of cues in their order, their text escaped: nothing in it is markup, a time or the end of
/// its cue.
std::string to_webvtt(const std::vector<Cue>& cues);

} // namespace catalog
