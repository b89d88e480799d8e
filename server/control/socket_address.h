#pragma once

#include "catalog/store/data_folder.h"
#include "server/descriptor.h"

#include <string>

namespace server::control {

/// Where a running server is reached. The address of a local socket holds 107 bytes at most, so it
/// goes through a descriptor of the data folder, whose own path may be longer.
class SocketAddress {
  public:
    /// Throws where the folder cannot be opened.
    explicit SocketAddress(const catalog::store::DataFolder& folder);
    /// Valid as long as this lives.
    std::string path() const;

  private:
    Descriptor folder_;
    std::string name_;
};

} // namespace server::control
