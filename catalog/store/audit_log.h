#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <cstdint>
#include <optional>
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

    /// An entry where it stands in the log.
    struct Kept {
        std::int64_t number;  ///< the later the greater
        Entry entry;
        friend bool operator==(const Kept&, const Kept&) = default;
    };
    /// Which entries are looked for; what is not said leaves all.
    struct Wanted {
        std::optional<AccountId> account = {};         ///< empty: the command line
        std::vector<std::string> kinds = {};           ///< what stands before the dot of actions: "video"
        enum class Of { all, publishing } of = Of::all; ///< publishing: published, audience or window is another after it
        std::optional<time::UtcTime> from = {};
        std::optional<time::UtcTime> until = {};       ///< itself not included
        std::optional<std::int64_t> before = {};       ///< older than the one of that number
    };
    /// The newest first, at most `most`.
    std::vector<Kept> find(const Wanted& wanted, int most);
    std::optional<Kept> find(std::int64_t number);
    /// Whoever is in it. An empty one: the command line.
    std::vector<AccountId> accounts();

  private:
    Connection& connection_;
};

} // namespace catalog::store
