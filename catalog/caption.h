#pragma once

#include "catalog/id.h"

#include <chrono>
#include <string>
#include <string_view>
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

/// Whether it is a language as it stands in addresses: BCP 47 in its plain form, "ja", "zh-Hant".
bool is_language(std::string_view text);

/// What a track of a language is called where nobody has named it.
std::string default_label(const std::string& language);

/// WebVTT of cues in their order, their text escaped: nothing in it is markup, a time or the end of
/// its cue.
std::string to_webvtt(const std::vector<Cue>& cues);

} // namespace catalog
