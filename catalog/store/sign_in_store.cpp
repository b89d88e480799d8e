#include "catalog/store/sign_in_store.h"

#include "catalog/store/account_store.h"
#include "catalog/store/connection.h"
#include "catalog/store/municipality_store.h"

namespace catalog::store {

void SignInStore::add(const std::string& token_hash, const AccountId& account,
                      time::UtcTime expires) {
    connection_.run("INSERT INTO sign_in (token_hash, account, expires_ms) VALUES (?, ?, ?)",
                    token_hash, account, expires);
}

std::optional<Viewer> SignInStore::viewer(const std::string& token_hash, time::UtcTime now) {
    const auto id = read_one(connection_.query("SELECT account FROM sign_in "
                                               "WHERE token_hash = ? AND expires_ms > ?",
                                               token_hash, now),
                             [](Query& row) { return row.take<AccountId>(); });
    const auto account = id ? AccountStore(connection_).find(*id) : std::nullopt;
    if (!account) {
        return std::nullopt;
    }
    Viewer viewer;
    viewer.kind =
        account->role == Role::secretariat ? Viewer::Kind::secretariat : Viewer::Kind::staff;
    viewer.account = account->id;
    viewer.name = account->name;
    viewer.department = account->department;
    if (viewer.department) {
        viewer.registered_series =
            MunicipalityStore(connection_).registered_series(*viewer.department);
    }
    return viewer;
}

void SignInStore::remove(const std::string& token_hash) {
    connection_.run("DELETE FROM sign_in WHERE token_hash = ?", token_hash);
}

void SignInStore::remove_expired(time::UtcTime now) {
    connection_.run("DELETE FROM sign_in WHERE expires_ms <= ?", now);
}

} // namespace catalog::store
