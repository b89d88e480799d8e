#pragma once

#include "catalog/withdrawn_span.h"
#include "transcoder/events.h"
#include "transcoder/rejection.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace transcoder::withdraw {

/// A finished folder from which spans are to be taken. Nobody else reads it meanwhile: it is changed file by
/// file, each at once, and holds nothing of the spans when all is done. Whoever is stopped midway begins
/// anew with another copy of the folder.
struct Job {
    std::filesystem::path folder;
    std::vector<catalog::WithdrawnSpan> spans;   ///< their times and what they take
    unsigned threads = 0;                        ///< 0: as many as there are cores
};

/// Reads `{"folder":"/…/media/<id>.remade","spans":[{"begin_ms":…,"end_ms":…,"lost":"sound"}]}`, which `threads`
/// may follow.
Outcome<Job> read_job(std::string_view line);

Outcome<Finished> run(const Job& job, Events& events);

} // namespace transcoder::withdraw
