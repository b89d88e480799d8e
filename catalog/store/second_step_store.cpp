#include "catalog/store/second_step_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

SecondStepStore::SecondStep read_second_step(Query& row) {
    return {
        .secret = row.take<std::string>(),
        .confirmed = row.take<std::optional<time::UtcTime>>(),
        .recovery_codes = row.take<int>(),
    };
}

Error already_confirmed() {
    return refuse(Refusal::conflict, "二段階認証はすでに設定されています。");
}

} // namespace

std::optional<SecondStepStore::SecondStep> SecondStepStore::find(const AccountId& account) {
    return read_one(connection_.query("SELECT secret, confirmed_ms, (SELECT count(*) FROM recovery_code "
                                      "WHERE recovery_code.account = second_step.account) "
                                      "FROM second_step WHERE account = ?",
                                      account),
                    read_second_step);
}

Result<void> SecondStepStore::begin(const AccountId& account, const std::string& secret) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find(account);
        if (known && known->confirmed) {
            return already_confirmed();
        }
        remove(account);
        connection_.run("INSERT INTO second_step (account, secret, confirmed_ms, last_step) "
                        "VALUES (?, ?, NULL, 0)",
                        account, secret);
        return {};
    });
}

Result<void> SecondStepStore::confirm(const AccountId& account, std::int64_t step,
                                      const std::vector<std::string>& recovery_hashes,
                                      time::UtcTime now) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find(account);
        if (!known) {
            return refuse(Refusal::conflict, "二段階認証の設定を、はじめからやり直してください。");
        }
        if (known->confirmed) {
            return already_confirmed();
        }
        connection_.run("UPDATE second_step SET confirmed_ms = ?, last_step = ? WHERE account = ?", now,
                        step, account);
        for (const auto& hash : recovery_hashes) {
            connection_.run("INSERT INTO recovery_code (account, code_hash) VALUES (?, ?)", account, hash);
        }
        return {};
    });
}

void SecondStepStore::remove(const AccountId& account) {
    connection_.run("DELETE FROM second_step WHERE account = ?", account);
}

bool SecondStepStore::use_step(const AccountId& account, std::int64_t step) {
    return connection_.run("UPDATE second_step SET last_step = ? WHERE account = ? AND last_step < ?",
                           step, account, step) == 1;
}

bool SecondStepStore::use_recovery(const AccountId& account, const std::string& code_hash) {
    return connection_.run("DELETE FROM recovery_code WHERE account = ? AND code_hash = ?", account,
                           code_hash) == 1;
}

} // namespace catalog::store
