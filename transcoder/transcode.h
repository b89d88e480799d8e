#pragma once

#include "transcoder/events.h"
#include "transcoder/folder/output_folder.h"
#include "transcoder/plan/probe.h"
#include "transcoder/plan/wishes.h"
#include "transcoder/progress_bar.h"
#include "transcoder/rejection.h"

#include <filesystem>
#include <string>

namespace transcoder {

/// What one run is asked to do.
struct Job {
    std::filesystem::path input;
    std::filesystem::path folder;
    folder::Caller caller = folder::Caller::person;
    plan::Wishes wishes;
    unsigned threads = 0;         ///< 0: as many as there are cores
    plan::Passthrough passthrough = plan::Passthrough::where_it_can_be;
};

/// How closely to look: at what the headers say, or also at how loud the sound is.
enum class Look { probe, loudness };

/// What is found out of the input and would be made of it, as JSON for people. Makes nothing.
Outcome<std::string> look_at(const Job& job, Look how);

/// Makes the folder, or goes on where a run that was stopped left it. Where it is rejected nothing
/// of it is left. Throws where the world broke in a way that has no sentence (a bug): then too
/// nothing is left.
Outcome<Finished> transcode(const Job& job, Events& events, ProgressBar& bar);

} // namespace transcoder
