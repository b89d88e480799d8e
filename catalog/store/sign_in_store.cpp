#include "catalog/store/sign_in_store.h"

#include "catalog/store/account_store.h"
#include "catalog/store/connection.h"
#include "catalog/store/municipality_store.h"

namespace catalog::store {

namespace {

Viewer::Kind kind_of(Role role) {
    switch (role) {
    case Role::adviser:
        return Viewer::Kind::adviser;
    case Role::organiser:
        return Viewer::Kind::organiser;
    case Role::secretariat:
        return Viewer::Kind::secretariat;
    case Role::viewer:
        break;
    }
    return Viewer::Kind::staff;
}

} // namespace

void SignInStore::add(const std::string& token_hash, const AccountId& account,
                      time::UtcTime expires) {
    connection_.run("INSERT INTO sign_in (token_hash, account, expires_ms) VALUES (?, ?, ?)",
                    token_hash, account, expires);
}

std::optional<Viewer> SignInStore::viewer(const std::string& token_hash, time::UtcTime now) {
    const auto id = read_one(connection_.query("SELECT sign_in.account FROM sign_in "
                                               "JOIN account ON account.id = sign_in.account "
                                               "WHERE token_hash = ? AND expires_ms > ? "
                                               "AND account.disabled_ms IS NULL",
                                               token_hash, now),
                             [](Query& row) { return row.take<AccountId>(); });
    const auto account = id ? AccountStore(connection_).find(*id) : std::nullopt;
    return account ? std::optional(viewer_of(*account)) : std::nullopt;
}

Viewer SignInStore::viewer_of(const Account& account) {
    Viewer viewer;
    viewer.kind = kind_of(account.role);
    viewer.account = account.id;
    viewer.name = account.name;
    viewer.department = account.department;
    if (viewer.department) {
        viewer.registered_series =
            MunicipalityStore(connection_).registered_series(*viewer.department);
    }
    return viewer;
}

void SignInStore::remove(const std::string& token_hash) {
    connection_.run("DELETE FROM sign_in WHERE token_hash = ?", token_hash);
}

std::vector<std::string> SignInStore::remove_all_of(const AccountId& account) {
    return read_all(connection_.query("DELETE FROM sign_in WHERE account = ? RETURNING token_hash", account),
                    [](Query& row) { return row.take<std::string>(); });
}

void SignInStore::remove_expired(time::UtcTime now) {
    connection_.run("DELETE FROM sign_in WHERE expires_ms <= ?", now);
}

} // namespace catalog::store
