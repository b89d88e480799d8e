#include "catalog/account.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<Role>, 4> roles{{
    {Role::viewer, "viewer"},
    {Role::adviser, "adviser"},
    {Role::organiser, "organiser"},
    {Role::secretariat, "secretariat"},
}};

} // namespace

std::string_view to_text(Role role) {
    return name_of(roles, role);
}

std::optional<Role> role_from_text(std::string_view text) {
    return value_named(roles, text);
}

} // namespace catalog
