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

/// Neither empty nor longer than a hundred characters.
bool is_fit_for_a_name(const std::string& text) {
    constexpr std::ptrdiff_t longest = 100;
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
                                      "WHERE name = ?",
                                      name),
                    read_credentials);
}

Result<void> AccountStore::add(const Account& account, const std::string& password_hash) {
    if (!is_fit_for_a_name(account.name)) {
        return refuse(Refusal::invalid, "アカウント名は1文字から100文字までにしてください。");
    }
    if (account.role == Role::viewer && !account.department) {
        return refuse(Refusal::invalid, "閲覧者のアカウントには市区町村と部署が要ります。");
    }
    if (const auto& department = account.department) {
        if (!is_fit_for_a_name(department->name)) {
            return refuse(Refusal::invalid, "部署名は1文字から100文字までにしてください。");
        }
        if (!MunicipalityStore(connection_).find(department->municipality)) {
            return refuse(Refusal::not_found,
                          "団体コード " + department->municipality + " の市区町村はありません。");
        }
    }
    return in_transaction(connection_, [&]() -> Result<void> {
        if (credentials(account.name)) {
            return refuse(Refusal::conflict,
                          "アカウント名 " + account.name + " はすでに使われています。");
        }
        const auto& department = account.department;
        const auto municipality =
            department ? std::optional(department->municipality) : std::nullopt;
        const auto department_name = department ? std::optional(department->name) : std::nullopt;
        connection_.run("INSERT INTO account (id, name, role, municipality, department, "
                        "password_hash, failures, locked_until_ms) "
                        "VALUES (?, ?, ?, ?, ?, ?, 0, NULL)",
                        account.id, account.name, account.role, municipality, department_name,
                        password_hash);
        return {};
    });
}

void AccountStore::note_failure(const AccountId& id, time::UtcTime locked_until) {
    connection_.run("UPDATE account SET failures = failures + 1, locked_until_ms = ? WHERE id = ?",
                    locked_until, id);
}

void AccountStore::note_success(const AccountId& id) {
    connection_.run("UPDATE account SET failures = 0, locked_until_ms = NULL WHERE id = ?", id);
}

} // namespace catalog::store
