#include "catalog/store/catalog.h"
#include "catalog/store/check.h"
#include "server/commands/commands.h"

#include <iostream>
#include <stdexcept>

namespace server::commands {
namespace {

using catalog::store::Catalog;

/// Beside a server that may be running.
Catalog open_for_reading(const catalog::store::DataFolder& folder) {
    if (!std::filesystem::exists(folder.catalog_file()))
        throw std::runtime_error("There is no catalog in " + folder.root.string() + ".");
    return Catalog(folder.catalog_file(), Catalog::Access::read);
}

} // namespace

int list_accounts(const catalog::store::DataFolder& folder) {
    auto catalog = open_for_reading(folder);
    for (const auto& account : catalog.accounts.all()) {
        std::cout << account.name << '\t' << to_text(account.role);
        if (account.department)
            std::cout << '\t' << account.department->municipality << '\t'
                      << account.department->name;
        if (const auto kept = catalog.accounts.find_kept(account.id); kept && kept->disabled)
            std::cout << "\tdisabled";
        std::cout << '\n';
    }
    return 0;
}

int list_sessions(const catalog::store::DataFolder& folder) {
    if (!std::filesystem::exists(folder.catalog_file()))
        return 0;
    auto catalog = open_for_reading(folder);
    for (const auto& session : catalog.sessions.all())
        std::cout << session.id.text() << '\t' << to_text(session.status) << '\t'
                  << session.title << '\n';
    return 0;
}

int check(const catalog::store::DataFolder& folder) {
    auto catalog = open_for_reading(folder);
    const auto broken = catalog::store::check(catalog, folder);
    for (const auto& sentence : broken)
        std::cout << sentence << '\n';
    if (!broken.empty())
        return 1;
    std::cout << "Everything is sound.\n";
    return 0;
}

} // namespace server::commands
