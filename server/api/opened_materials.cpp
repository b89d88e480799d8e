#include "server/api/opened_materials.h"

namespace server::api {

namespace {

net::Task<> keep(Services& services, catalog::MaterialId id, catalog::AccountId account) {
    auto look = [id, account](auto& catalog) { return catalog.watching.has_opened(account, id); };
    if (co_await services.readers.run(std::move(look)))
        co_return;
    auto write = [id, account, now = services.clock.now()](auto& catalog) {
        // It may have been removed meanwhile.
        if (catalog.materials.find(id))
            catalog.watching.add_opened(account, id, now);
    };
    co_await services.writer.run(std::move(write));
}

} // namespace

KeepOpened keep_opened(Services& services) {
    return [&services](catalog::MaterialId id, catalog::AccountId account) {
        return keep(services, std::move(id), std::move(account));
    };
}

} // namespace server::api
