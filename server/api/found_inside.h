#pragma once

#include "catalog/clip.h"
#include "catalog/video.h"
#include "catalog/withdrawn_span.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <span>
#include <vector>

namespace server::api {

/// What the transcoder found in a recording that helps to divide it (transcoder/README.md, The folder).
struct FoundInside {
    std::vector<catalog::Chapter> chapters;  ///< that the source names, in their order
    std::vector<catalog::Span> silences;
    struct Waveform {
        std::chrono::milliseconds interval{0};
        std::vector<int> peaks;              ///< one an interval, 0 to 100
        friend bool operator==(const Waveform&, const Waveform&) = default;
    } waveform;
    friend bool operator==(const FoundInside&, const FoundInside&) = default;
};

/// Reads a recording's folder; empty what is not there. What is broken is logged and left out.
FoundInside read_found_inside(const std::filesystem::path& recording);

/// What of it is not withdrawn: no peak of what was said there, no chapter that begins there.
FoundInside without(FoundInside whole, std::span<const catalog::WithdrawnSpan> withdrawn);

/// What of it a clip shows, in the clip's time.
FoundInside cut_to(const FoundInside& whole, const catalog::Clip& clip);

/// With fewer, wider peaks: `columns` at most, which none of its heights gets lost by.
FoundInside::Waveform drawn_in(const FoundInside::Waveform& waveform, std::size_t columns);

/// `{"chapters":[{"at_s","title"}],"silences":[{"begin_s","end_s"}],"waveform":{"interval_s","peaks"}|null}`
nlohmann::json found_json(const FoundInside& found);

} // namespace server::api
