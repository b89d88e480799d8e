#pragma once

#include "catalog/notice.h"
#include "catalog/result.h"

#include <cstdint>
#include <optional>
#include <set>
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
    /// Refuses not_found.
    Result<void> remove(const NoticeId& id);

    /// Entries of the audit log of which nobody needs to be told.
    std::set<std::int64_t> unannounced();
    /// Of that entry nobody needs to be told. Refuses not_found: there is none of that number.
    Result<void> leave_unannounced(std::int64_t number);

  private:
    Connection& connection_;
};

} // namespace catalog::store
