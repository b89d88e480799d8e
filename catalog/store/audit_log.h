#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Who did what, before and after. Only ever appended to.
class AuditLog {
  public:
    explicit AuditLog(Connection& connection) : connection_(connection) {}

    struct Entry {
        time::UtcTime at;
        AccountId account;    ///< empty: the command line
        std::string action;   ///< "video.update"
        std::string subject;  ///< an id
        std::string before;   ///< JSON; empty where there was nothing
        std::string after;    ///< JSON; empty where nothing is left
        friend bool operator==(const Entry&, const Entry&) = default;
    };

    void append(const Entry& entry);
    /// Oldest first.
    std::vector<Entry> of_subject(const std::string& subject);

  private:
    Connection& connection_;
};

} // namespace catalog::store
