#pragma once

namespace catalog::store {

/// What a connection to the catalog's file may do.
enum class Access { write, read };

} // namespace catalog::store
