#include "catalog/audience.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<Audience>, 3> audiences{{
    {Audience::everybody, "everybody"},
    {Audience::staff, "staff"},
    {Audience::registered, "registered"},
}};

} // namespace

std::string_view to_text(Audience audience) {
    return name_of(audiences, audience);
}

std::optional<Audience> audience_from_text(std::string_view text) {
    return value_named(audiences, text);
}

} // namespace catalog
