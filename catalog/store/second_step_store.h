#pragma once

#include "catalog/id.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// The second step of signing in: an app's secret, and codes for when it is lost.
class SecondStepStore {
  public:
    explicit SecondStepStore(Connection& connection) : connection_(connection) {}

    struct SecondStep {
        std::string secret;                      ///< base32
        std::optional<time::UtcTime> confirmed;  ///< since when it is asked for; nothing: only begun
        int recovery_codes = 0;                  ///< that are left
        friend bool operator==(const SecondStep&, const SecondStep&) = default;
    };
    std::optional<SecondStep> find(const AccountId& account);

    /// In place of one that was only begun. Refuses conflict where one is confirmed.
    Result<void> begin(const AccountId& account, const std::string& secret);
    /// From now on it is asked for. `step`: of the code that proves it. Refuses conflict where none was
    /// begun, or it is confirmed.
    Result<void> confirm(const AccountId& account, std::int64_t step,
                         const std::vector<std::string>& recovery_hashes, time::UtcTime now);
    void remove(const AccountId& account);

    /// Whether the code of a step may still be used: neither it nor a later one was. Then it is.
    bool use_step(const AccountId& account, std::int64_t step);
    /// Whether there was such a code; it is gone then.
    bool use_recovery(const AccountId& account, const std::string& code_hash);

  private:
    Connection& connection_;
};

} // namespace catalog::store
