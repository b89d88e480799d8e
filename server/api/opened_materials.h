#pragma once

#include "catalog/id.h"
#include "server/net/task.h"
#include "server/services.h"

#include <functional>

namespace server::api {

/// Keeps, for the report, that an account opened a handout: its file or its pages.
using KeepOpened = std::function<net::Task<>(catalog::MaterialId, catalog::AccountId)>;

/// `services` outlives it.
KeepOpened keep_opened(Services& services);

} // namespace server::api
