#pragma once

#include <map>
#include <string>
#include <vector>

namespace test {

/// What the hostile program told.
struct Told {
    /// "done"; "refused EACCES"; or the signal that ended it, "SIGSYS".
    std::string outcome;
    /// By layer: "holds", "partly" or "absent", and the detail.
    std::map<std::string, std::string> layers;
};

/// Runs the hostile program in `folder` to its end. As descriptor 42 it inherits `open_file`.
Told run_hostile(const std::vector<std::string>& words, const std::string& folder,
                 const std::string& open_file);

} // namespace test
