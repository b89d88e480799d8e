#pragma once

#include "catalog/account.h"
#include "catalog/audience.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Who is signed in. Keyed by a hash of the cookie, so that the file gives no session away.
class SignInStore {
  public:
    explicit SignInStore(Connection& connection) : connection_(connection) {}

    void add(const std::string& token_hash, const AccountId& account, time::UtcTime expires);
    /// The viewer behind a cookie, department and registrations resolved; nothing where it is
    /// unknown, has expired, or the account is disabled.
    std::optional<Viewer> viewer(const std::string& token_hash, time::UtcTime now);
    /// Who signs in with an account, department and registrations resolved.
    Viewer viewer_of(const Account& account);
    void remove(const std::string& token_hash);
    /// Signs an account out everywhere; gives the hashes of what it was signed in with.
    std::vector<std::string> remove_all_of(const AccountId& account);
    void remove_expired(time::UtcTime now);

  private:
    Connection& connection_;
};

} // namespace catalog::store
