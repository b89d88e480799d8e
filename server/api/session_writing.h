#pragma once

#include "catalog/store/catalog.h"
#include "server/services.h"

#include <optional>

namespace server::api {

/// Writes a session and the audit log; `before` is nothing where it is new. Inside a transaction or not.
void put_session(const Services& services, catalog::store::Catalog& catalog,
                 const std::optional<catalog::Session>& before, const catalog::Session& after,
                 const catalog::AccountId& account);

/// Its videos may inherit another series' window now: the next request sees it. After the transaction.
void show_session_in_play(const Services& services, catalog::store::Catalog& catalog, const catalog::SessionId& id);

} // namespace server::api
