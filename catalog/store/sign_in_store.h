#pragma once

#include "catalog/account.h"
#include "catalog/audience.h"

#include <optional>
#include <string>

namespace catalog::store {

class Connection;

/// Who is signed in. Keyed by a hash of the cookie, so that the file gives no session away.
class SignInStore {
  public:
    explicit SignInStore(Connection& connection) : connection_(connection) {}

    void add(const std::string& token_hash, const AccountId& account, time::UtcTime expires);
    /// The viewer behind a cookie, department and registrations resolved; nothing where it is
    /// unknown or has expired.
    std::optional<Viewer> viewer(const std::string& token_hash, time::UtcTime now);
    void remove(const std::string& token_hash);
    void remove_expired(time::UtcTime now);

  private:
    Connection& connection_;
};

} // namespace catalog::store
