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
    /// Nothing for one that is disabled, too.
    std::optional<Credentials> credentials(const std::string& name);
    /// Refuses conflict (the name is taken), not_found (the municipality), invalid (a viewer without
    /// a department, a name or a department that is empty, over 100 characters or not of one line).
    Result<void> add(const Account& account, const std::string& password_hash);

    /// An account as who looks after them sees it.
    struct Kept {
        Account account;
        bool has_password = false;
        std::optional<time::UtcTime> disabled;      ///< since when it does not sign in
        std::optional<time::UtcTime> last_sign_in;
        friend bool operator==(const Kept&, const Kept&) = default;
    };
    /// Those that have a name and a password of their own: neither departments' nor their people's. By name.
    std::vector<Kept> kept();
    std::optional<Kept> find_kept(const AccountId& id);

    /// Nobody signs in with it any more, and its sessions are nobody's. Refuses not_found, and conflict where it is the
    /// last of the secretariat that signs in.
    Result<void> disable(const AccountId& id, time::UtcTime now);
    Result<void> enable(const AccountId& id);

    /// A link with which its password is set once, in place of an earlier one. Refuses not_found.
    Result<void> put_password_link(const AccountId& id, const std::string& token_hash,
                                   time::UtcTime expires);
    /// Whose password a link sets; nothing where it is void, or the account disabled.
    std::optional<Account> of_password_link(const std::string& token_hash, time::UtcTime now);
    /// Ends the link. Refuses not_found where the link is void.
    Result<Account> set_password(const std::string& token_hash, const std::string& password_hash,
                                 time::UtcTime now);

    void note_sign_in(const AccountId& id, time::UtcTime now);
    void note_failure(const AccountId& id, time::UtcTime locked_until);
    void note_success(const AccountId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
