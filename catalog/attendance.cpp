#include "catalog/attendance.h"

#include "catalog/named_values.h"

#include <array>

namespace catalog {

namespace {

constexpr std::array<NamedValue<WayToAttend>, 2> ways{{
    {WayToAttend::venue, "venue"},
    {WayToAttend::zoom, "zoom"},
}};

} // namespace

std::string_view to_text(WayToAttend way) { return name_of(ways, way); }

std::optional<WayToAttend> way_to_attend_from_text(std::string_view text) {
    return value_named(ways, text);
}

} // namespace catalog
