#pragma once

#include "catalog/store/data_folder.h"
#include "server/control/change.h"

namespace server::control {

/// Has the change made by the server that runs on this folder; where none runs, opens the catalog
/// (made where there is none) and makes it here. Never both, whatever starts or stops meanwhile:
/// who holds the writer's lock makes it. Blocks.
/// Throws std::runtime_error with a sentence where neither succeeds in time, or the server ends
/// before it has answered.
Answer ask(const catalog::store::DataFolder& folder, const Change& change,
           catalog::time::UtcTime now, const catalog::time::Zone& zone);

} // namespace server::control
