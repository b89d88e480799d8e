#pragma once

#include "catalog/result.h"
#include "catalog/upload.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// Files on their way in.
class UploadStore {
  public:
    explicit UploadStore(Connection& connection) : connection_(connection) {}

    std::vector<Upload> all();
    std::optional<Upload> find(const UploadId& id);
    /// Bytes promised to unfinished uploads.
    std::uint64_t reserved_bytes();
    void add(const Upload& upload);
    void finish(const UploadId& id);
    void remove(const UploadId& id);
    /// Unfinished ones whose time is over.
    std::vector<Upload> expired(time::UtcTime now);

  private:
    Connection& connection_;
};

} // namespace catalog::store
