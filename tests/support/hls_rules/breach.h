#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hls_rules {

/// A rule that is broken, by its name in the list of rules ("M2"), and where.
struct Breach {
    std::string rule;
    std::string place; ///< a playlist or a file: "v720.m3u8"
    std::string what;
    friend bool operator==(const Breach&, const Breach&) = default;
};

/// "M2 v720.m3u8: segment 3 lasts 6.6 s, longer than the target duration of 6 s".
inline std::string to_text(const Breach& breach) {
    return breach.rule + ' ' + breach.place + ": " + breach.what;
}

using Breaches = std::vector<Breach>;

} // namespace hls_rules
