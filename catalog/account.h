#pragma once

#include "catalog/audience.h"
#include "catalog/time/utc_time.h"

#include <optional>
#include <string>
#include <string_view>

namespace catalog {

enum class Role {
    viewer,
    adviser,      ///< an expert to whom questions are routed
    organiser,    ///< reads the desk, changes nothing
    secretariat,
};
std::string_view to_text(Role role);
std::optional<Role> role_from_text(std::string_view text);

/// Somebody who can sign in. The password's argon2id string is the store's and server/access's.
struct Account {
    AccountId id;
    std::string name;                      ///< what is typed at sign-in; NFKC
    Role role = Role::viewer;
    std::optional<Department> department;  ///< of viewers

    friend bool operator==(const Account&, const Account&) = default;
};

} // namespace catalog
