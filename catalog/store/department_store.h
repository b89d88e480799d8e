#pragma once

#include "catalog/account.h"
#include "catalog/municipality.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// A department whose people sign in with its code, or by its invitation link.
struct DepartmentAccess {
    Department department;
    AccountId account;   ///< of the department itself: who gives no name of their own
    time::UtcTime made;  ///< when the code and the link were
    int people = 0;      ///< who gave a name

    friend bool operator==(const DepartmentAccess&, const DepartmentAccess&) = default;
};

/// Departments that sign in, and the accounts of their people. An account of somebody who gave a name
/// has no password: it is signed in to with the department's code.
class DepartmentStore {
  public:
    explicit DepartmentStore(Connection& connection) : connection_(connection) {}

    /// What a department's account goes by: 千代田区 環境課.
    static std::string account_name(const Municipality& municipality, const Department& department);

    /// By the municipalities' order.
    std::vector<DepartmentAccess> all();
    std::optional<DepartmentAccess> find(const Department& department);
    std::optional<DepartmentAccess> of_account(const AccountId& account);
    std::optional<DepartmentAccess> of_invitation(const std::string& invitation_hash);

    struct Keys {
        std::string code_hash;        ///< argon2id, as a password's
        std::string invitation_hash;  ///< `token_hash` of the link's token
    };
    /// Adds the department, or makes its code and link new: the old ones are void. Refuses not_found
    /// (the municipality), invalid (its name), conflict (an account has that name).
    Result<void> put(const Department& department, const Keys& keys, time::UtcTime now);
    /// The account of one of its people, made where it is not there yet. Refuses invalid: the name.
    Result<AccountId> person(const DepartmentAccess& access, const std::string& name);
    /// What it is registered for becomes these. Refuses not_found: a series.
    Result<void> register_for(const Department& department, const std::vector<SeriesId>& series);
    /// Its accounts, registrations, and all that is signed in with them. Refuses not_found.
    Result<void> remove(const Department& department);

  private:
    Connection& connection_;
};

} // namespace catalog::store
