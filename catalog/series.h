#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"

#include <optional>
#include <string>

namespace catalog {

/// A way to take part (参加機会): the meetings for all, a subcommittee, the lecture series.
/// Its videos and materials inherit its audience and window where they set none of their own.
struct Series {
    SeriesId id;
    std::string title;
    Audience audience = Audience::staff;
    AvailabilityWindow window;
    std::optional<int> planned_count;
    int sort = 0;

    friend bool operator==(const Series&, const Series&) = default;
};

} // namespace catalog
