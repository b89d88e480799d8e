#pragma once

#include "transcoder/av/source_file.h"
#include "transcoder/events.h"
#include "transcoder/plan/plan.h"
#include "transcoder/sound/heard.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace transcoder {

/// What a run took, which another run of the same source and plan would not take.
struct Effort {
    std::chrono::duration<double> wall{0};
    unsigned threads = 0;
    enum class From { beginning, where_another_stopped } from = From::beginning;
};

/// The text of `report.json`: what the source is, what was made of it and why, what was heard and
/// what was lost. All but its object `speed` follows from the source and the plan.
std::string report(const av::SourceFile& file, const plan::Plan& plan,
                   const std::optional<sound::Heard>& heard, const Finished& finished,
                   const Effort& effort);

/// What is known before anything is made: `source`, `conformed`, `renditions` and, where it was heard,
/// `loudness` and `silences` of the report.
std::string outlook(const av::SourceFile& file, const plan::Plan& plan,
                    const std::optional<sound::Heard>& heard);

/// The loudness that the report in `folder` tells of; none where it tells of none.
std::optional<Finished::Loudness> reported_loudness(const std::filesystem::path& folder);

inline constexpr const char* report_name = "report.json";
inline constexpr const char* waveform_name = "waveform.json";

} // namespace transcoder
