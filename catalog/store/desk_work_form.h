#pragma once

namespace catalog::store {

class Connection;

/// Materials keep the files that they had before; what happened can be said to need no notice.
void add_desk_work(Connection& connection);

} // namespace catalog::store
