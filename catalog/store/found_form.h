#pragma once

namespace catalog::store {

class Connection;

/// Which captions were found inside a recording: nobody put them in by hand.
void add_found_captions(Connection& connection);

/// Which videos may be taken along as a file.
void add_downloads(Connection& connection);

} // namespace catalog::store
