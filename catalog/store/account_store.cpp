#include "catalog/store/account_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/municipality_store.h"

#include <algorithm>

namespace catalog::store {

namespace {

const std::string columns = "SELECT id, name, role, municipality, department FROM account ";

std::optional<Department> take_department(Query& row) {
    const auto municipality = row.take<std::optional<std::string>>();
    const auto name = row.take<std::optional<std::string>>();
    return municipality && name ? std::optional(Department{*municipality, *name}) : std::nullopt;
}

Account read_account(Query& row) {
    return {
        .id = row.take<AccountId>(),
        .name = row.take<std::string>(),
        .role = row.take<Role>(),
        .department = take_department(row),
    };
}

AccountStore::Credentials read_credentials(Query& row) {
    return {
        .account = read_account(row),
        .password_hash = row.take<std::string>(),
        .failures = row.take<int>(),
        .locked_until = row.take<std::optional<time::UtcTime>>(),
    };
}

const std::string kept_columns =
    "SELECT account.id, account.name, account.role, account.municipality, account.department, "
    "account.password_hash <> '', account.disabled_ms, account.last_sign_in_ms FROM account "
    "WHERE (account.role <> 'viewer' OR account.password_hash <> '') "
    "AND account.id NOT IN (SELECT account FROM department_access) ";

AccountStore::Kept read_kept(Query& row) {
    return {
        .account = read_account(row),
        .has_password = row.take<bool>(),
        .disabled = row.take<std::optional<time::UtcTime>>(),
        .last_sign_in = row.take<std::optional<time::UtcTime>>(),
    };
}

Error no_such_account() {
    return refuse(Refusal::not_found, "このアカウントはありません。");
}

/// Neither empty nor longer than a hundred characters, in one line.
bool is_fit_for_a_name(const std::string& text) {
    constexpr std::ptrdiff_t longest = 100;
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F;
    };
    if (std::ranges::any_of(text, is_control)) {
        return false;
    }
    const auto starts_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    };
    const auto characters = std::ranges::count_if(text, starts_character);
    return characters > 0 && characters <= longest;
}

} // namespace

std::vector<Account> AccountStore::all() {
    return read_all(connection_.query(columns + "ORDER BY name"), read_account);
}

std::optional<Account> AccountStore::find(const AccountId& id) {
    return read_one(connection_.query(columns + "WHERE id = ?", id), read_account);
}

std::optional<AccountStore::Credentials> AccountStore::credentials(const std::string& name) {
    return read_one(connection_.query("SELECT id, name, role, municipality, department, "
                                      "password_hash, failures, locked_until_ms FROM account "
                                      "WHERE name = ? AND disabled_ms IS NULL",
                                      name),
                    read_credentials);
}

Result<void> AccountStore::add(const Account& account, const std::string& password_hash) {
    if (!is_fit_for_a_name(account.name)) {
        return refuse(Refusal::invalid, "アカウント名は、改行などを含まない1文字から100文字までにしてください。");
    }
    if (account.role == Role::viewer && !account.department) {
        return refuse(Refusal::invalid, "閲覧者のアカウントには市区町村と部署が要ります。");
    }
    if (const auto& department = account.department) {
        if (!is_fit_for_a_name(department->name)) {
            return refuse(Refusal::invalid, "部署名は、改行などを含まない1文字から100文字までにしてください。");
        }
        if (!MunicipalityStore(connection_).find(department->municipality)) {
            return refuse(Refusal::not_found,
                          "団体コード " + department->municipality + " の市区町村はありません。");
        }
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto taken = read_one(connection_.query("SELECT count(*) FROM account WHERE name = ?",
                                                      account.name),
                                    [](Query& row) { return row.take<int>(); });
        if (taken.value() > 0) {
            return refuse(Refusal::conflict,
                          "アカウント名 " + account.name + " はすでに使われています。");
        }
        const auto& department = account.department;
        const auto municipality =
            department ? std::optional(department->municipality) : std::nullopt;
        const auto department_name = department ? std::optional(department->name) : std::nullopt;
        connection_.run("INSERT INTO account (id, name, role, municipality, department, "
                        "password_hash, failures, locked_until_ms, disabled_ms, last_sign_in_ms) "
                        "VALUES (?, ?, ?, ?, ?, ?, 0, NULL, NULL, NULL)",
                        account.id, account.name, account.role, municipality, department_name,
                        password_hash);
        return {};
    });
}

std::vector<AccountStore::Kept> AccountStore::kept() {
    return read_all(connection_.query(kept_columns + "ORDER BY account.name"), read_kept);
}

std::optional<AccountStore::Kept> AccountStore::find_kept(const AccountId& id) {
    return read_one(connection_.query(kept_columns + "AND account.id = ?", id), read_kept);
}

Result<void> AccountStore::disable(const AccountId& id, time::UtcTime now) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find_kept(id);
        if (!known) {
            return no_such_account();
        }
        if (known->disabled) {
            return {};
        }
        const auto others = read_one(
            connection_.query("SELECT count(*) FROM account WHERE role = ? AND disabled_ms IS NULL "
                              "AND password_hash <> '' AND id <> ?",
                              Role::secretariat, id),
            [](Query& row) { return row.take<int>(); });
        if (known->account.role == Role::secretariat && others.value() == 0) {
            return refuse(Refusal::conflict,
                          "サインインできる事務局のアカウントがほかにないため、停止できません。");
        }
        connection_.run("UPDATE account SET disabled_ms = ? WHERE id = ?", now, id);
        connection_.run("DELETE FROM password_link WHERE account = ?", id);
        return {};
    });
}

Result<void> AccountStore::enable(const AccountId& id) {
    return in_transaction(connection_, [&]() -> Result<void> {
        if (!find_kept(id)) {
            return no_such_account();
        }
        connection_.run("UPDATE account SET disabled_ms = NULL WHERE id = ?", id);
        return {};
    });
}

Result<void> AccountStore::put_password_link(const AccountId& id, const std::string& token_hash,
                                             time::UtcTime expires) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find_kept(id);
        if (!known) {
            return no_such_account();
        }
        if (known->disabled) {
            return refuse(Refusal::conflict, "停止中のアカウントです。再開してから、リンクを作ってください。");
        }
        connection_.run("DELETE FROM password_link WHERE account = ?", id);
        connection_.run("INSERT INTO password_link (token_hash, account, expires_ms) VALUES (?, ?, ?)",
                        token_hash, id, expires);
        return {};
    });
}

std::optional<Account> AccountStore::of_password_link(const std::string& token_hash,
                                                      time::UtcTime now) {
    const auto id = read_one(connection_.query("SELECT account FROM password_link "
                                               "WHERE token_hash = ? AND expires_ms > ?",
                                               token_hash, now),
                             [](Query& row) { return row.take<AccountId>(); });
    const auto known = id ? find_kept(*id) : std::nullopt;
    return known && !known->disabled ? std::optional(known->account) : std::nullopt;
}

Result<Account> AccountStore::set_password(const std::string& token_hash,
                                           const std::string& password_hash, time::UtcTime now) {
    return in_transaction(connection_, [&]() -> Result<Account> {
        const auto account = of_password_link(token_hash, now);
        if (!account) {
            return refuse(Refusal::not_found, "このリンクは使えなくなりました。事務局にお尋ねください。");
        }
        connection_.run("UPDATE account SET password_hash = ?, failures = 0, locked_until_ms = NULL "
                        "WHERE id = ?",
                        password_hash, account->id);
        connection_.run("DELETE FROM password_link WHERE account = ?", account->id);
        return *account;
    });
}

void AccountStore::note_sign_in(const AccountId& id, time::UtcTime now) {
    connection_.run("UPDATE account SET last_sign_in_ms = ? WHERE id = ?", now, id);
}

void AccountStore::note_failure(const AccountId& id, time::UtcTime locked_until) {
    connection_.run("UPDATE account SET failures = failures + 1, locked_until_ms = ? WHERE id = ?",
                    locked_until, id);
}

void AccountStore::note_success(const AccountId& id) {
    connection_.run("UPDATE account SET failures = 0, locked_until_ms = NULL WHERE id = ?", id);
}

} // namespace catalog::store
