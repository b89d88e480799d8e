#pragma once

#include "catalog/notice.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// News for viewers.
class NoticeStore {
  public:
    explicit NoticeStore(Connection& connection) : connection_(connection) {}

    /// Newest first; those of one day in the order in which they were put.
    std::vector<Notice> all();
    std::optional<Notice> find(const NoticeId& id);
    /// Adds it, or replaces what has its id.
    void put(const Notice& notice);

  private:
    Connection& connection_;
};

} // namespace catalog::store
