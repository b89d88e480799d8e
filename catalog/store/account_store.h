#pragma once

#include "catalog/account.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Accounts, their password hashes, and how often somebody guessed wrong.
class AccountStore {
  public:
    explicit AccountStore(Connection& connection) : connection_(connection) {}

    struct Credentials {
        Account account;
        std::string password_hash;  ///< argon2id, as libsodium writes it
        int failures = 0;           ///< since the last right password
        std::optional<time::UtcTime> locked_until;  ///< back-off; survives a restart
    };

    std::vector<Account> all();
    std::optional<Account> find(const AccountId& id);
    std::optional<Credentials> credentials(const std::string& name);
    /// Refuses conflict (the name is taken), not_found (the municipality), invalid (a viewer without
    /// a department, a name or a department that is empty or over 100 characters).
    Result<void> add(const Account& account, const std::string& password_hash);
    void note_failure(const AccountId& id, time::UtcTime locked_until);
    void note_success(const AccountId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
