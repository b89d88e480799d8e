#pragma once

#include "transcoder/av/input.h"
#include "transcoder/timed_text/captions.h"

namespace transcoder::timed_text {

/// The chapters that a source names, as cues whose text is the title. Where it tells why they are
/// not written, there are none.
struct Chapters {
    ChaptersTold told;
    std::vector<catalog::Cue> cues;
};

Chapters read_chapters(const av::Input& source, const Span& span);

/// Chapters in their order, each up to the next at most; one of those that begin together. None
/// where fewer than two are left: they divide nothing.
std::vector<catalog::Cue> divided(std::vector<Raw> chapters, std::chrono::microseconds duration);

} // namespace transcoder::timed_text
