#pragma once

#include "catalog/caption.h"
#include "catalog/result.h"

#include <cstddef>
#include <string>
#include <vector>

namespace catalog {

/// Cues as an editor leaves them, by the rules that a file's are read by: in the order of their
/// starts, lines trimmed, those without text or length left out, those that are alike once.
/// Refuses (invalid) a time before 0, an end before its start (the sentence says which of the cues,
/// from 1), too many cues, and none.
Result<std::vector<Cue>> tidied(const std::vector<Cue>& cues);

struct Replacement {
    std::vector<Cue> cues;
    std::size_t count = 0; ///< places where `from` stood
};

/// Cues in whose texts `to` stands for `from`. Refuses (invalid) an empty `from`, texts that become
/// larger than a file may be, and what `tidied` refuses.
Result<Replacement> replaced(std::vector<Cue> cues, const std::string& from, const std::string& to);

} // namespace catalog
