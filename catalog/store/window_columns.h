#pragma once

#include "catalog/availability_window.h"
#include "catalog/store/query.h"

#include <optional>

namespace catalog::store {

/// A window that may be inherited, as the columns has_window, opens_ms, closes_ms.
struct WindowColumns {
    bool has_window;
    std::optional<UtcTime> opens;
    std::optional<UtcTime> closes;

    explicit WindowColumns(const std::optional<AvailabilityWindow>& window)
        : has_window(window.has_value()), opens(window ? window->opens : std::nullopt),
          closes(window ? window->closes : std::nullopt) {}
};

inline std::optional<AvailabilityWindow> take_window(Query& row) {
    const bool has_window = row.take<bool>();
    const auto opens = row.take<std::optional<UtcTime>>();
    const auto closes = row.take<std::optional<UtcTime>>();
    return has_window ? std::optional(AvailabilityWindow{opens, closes}) : std::nullopt;
}

} // namespace catalog::store
