#pragma once

#include "catalog/account.h"
#include "catalog/time/utc_time.h"

#include <optional>
#include <string>

namespace catalog {

/// What a viewer's place was found to carry (視聴環境チェック), as it was sent in.
struct LineCheck {
    std::string code;                       ///< six digits, read out by telephone
    time::UtcTime at;
    std::string municipality;               ///< its code; empty where nobody said
    std::string department;                 ///< of who was signed in; else empty
    std::string mode;                       ///< what was recommended: auto, light, slides, sound, none
    std::string facts;                      ///< a JSON object of what was measured

    friend bool operator==(const LineCheck&, const LineCheck&) = default;
};

} // namespace catalog
