#include "catalog/store/department_store.h"

#include "catalog/random_id.h"
#include "catalog/store/account_store.h"
#include "catalog/store/connection.h"
#include "catalog/store/municipality_store.h"

namespace catalog::store {

namespace {

/// Between a department's name and its people's in the names of their accounts.
constexpr std::string_view person_mark = " / ";

const std::string columns =
    "SELECT access.municipality, access.department, access.account, access.made_ms, "
    "(SELECT count(*) FROM account AS person WHERE person.municipality = access.municipality "
    "AND person.department = access.department AND person.id <> access.account "
    "AND person.password_hash = '') "
    "FROM department_access AS access JOIN municipality ON municipality.code = access.municipality ";

DepartmentAccess read_access(Query& row) {
    return {
        .department = {row.take<std::string>(), row.take<std::string>()},
        .account = row.take<AccountId>(),
        .made = row.take<time::UtcTime>(),
        .people = row.take<int>(),
    };
}

} // namespace

std::string DepartmentStore::account_name(const Municipality& municipality,
                                          const Department& department) {
    return municipality.name + " " + department.name;
}

std::vector<DepartmentAccess> DepartmentStore::all() {
    return read_all(connection_.query(columns + "ORDER BY municipality.sort, access.department"),
                    read_access);
}

std::optional<DepartmentAccess> DepartmentStore::find(const Department& department) {
    return read_one(connection_.query(columns + "WHERE access.municipality = ? AND access.department = ?",
                                      department.municipality, department.name),
                    read_access);
}

std::optional<DepartmentAccess> DepartmentStore::of_account(const AccountId& account) {
    return read_one(connection_.query(columns + "WHERE access.account = ?", account), read_access);
}

std::optional<DepartmentAccess> DepartmentStore::of_invitation(const std::string& invitation_hash) {
    return read_one(connection_.query(columns + "WHERE access.invitation_hash = ?", invitation_hash),
                    read_access);
}

Result<void> DepartmentStore::put(const Department& department, const Keys& keys,
                                  time::UtcTime now) {
    return in_transaction(connection_, [&]() -> Result<void> {
        if (const auto known = find(department)) {
            connection_.run("UPDATE account SET password_hash = ?, failures = 0, "
                            "locked_until_ms = NULL WHERE id = ?",
                            keys.code_hash, known->account);
            connection_.run("UPDATE department_access SET invitation_hash = ?, made_ms = ? "
                            "WHERE account = ?",
                            keys.invitation_hash, now, known->account);
            return {};
        }
        const auto municipality = MunicipalityStore(connection_).find(department.municipality);
        if (!municipality) {
            return refuse(Refusal::not_found, "その市区町村はありません。");
        }
        if (department.name.find(person_mark) != std::string::npos) {
            return refuse(Refusal::invalid, "部署名に「 / 」は使えません。");
        }
        const Account account{AccountId(random_id()), account_name(*municipality, department),
                              Role::viewer, department};
        const auto added = AccountStore(connection_).add(account, keys.code_hash);
        if (!added) {
            return added.error();
        }
        connection_.run("INSERT INTO department_access (municipality, department, account, "
                        "invitation_hash, made_ms) VALUES (?, ?, ?, ?, ?)",
                        department.municipality, department.name, account.id, keys.invitation_hash,
                        now);
        return {};
    });
}

Result<AccountId> DepartmentStore::person(const DepartmentAccess& access, const std::string& name) {
    AccountStore accounts(connection_);
    const auto own = accounts.find(access.account);
    const std::string full = (own ? own->name : std::string()) + std::string(person_mark) + name;
    if (const auto known = accounts.credentials(full)) {
        return {boost::system::in_place_value, known->account.id};
    }
    const Account account{AccountId(random_id()), full, Role::viewer, access.department};
    const auto added = accounts.add(account, "");
    if (!added) {
        return added.error();
    }
    return {boost::system::in_place_value, account.id};
}

Result<void> DepartmentStore::register_for(const Department& department,
                                           const std::vector<SeriesId>& series) {
    return in_transaction(connection_, [&]() -> Result<void> {
        connection_.run("DELETE FROM registration WHERE municipality = ? AND department = ?",
                        department.municipality, department.name);
        MunicipalityStore municipalities(connection_);
        for (const auto& id : series) {
            if (const auto added = municipalities.add_registration({department, id}); !added) {
                return added.error();
            }
        }
        return {};
    });
}

Result<void> DepartmentStore::remove(const Department& department) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto known = find(department);
        if (!known) {
            return refuse(Refusal::not_found, "この部署は登録されていません。");
        }
        connection_.run("DELETE FROM department_access WHERE account = ?", known->account);
        connection_.run("DELETE FROM account WHERE id = ? OR (municipality = ? AND department = ? "
                        "AND password_hash = '')",
                        known->account, department.municipality, department.name);
        connection_.run("DELETE FROM registration WHERE municipality = ? AND department = ?",
                        department.municipality, department.name);
        return {};
    });
}

} // namespace catalog::store
