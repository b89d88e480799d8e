#pragma once

#include "catalog/line_check.h"

#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Results of the check of viewers' places, the newest few thousand of them.
class LineCheckStore {
  public:
    explicit LineCheckStore(Connection& connection) : connection_(connection) {}

    /// Keeps it under a code that no other has; gives the code. The oldest ones go beyond `most_kept`.
    std::string add(LineCheck check);
    static constexpr int most_kept = 5'000;

    std::optional<LineCheck> find(const std::string& code);
    /// The newest first.
    std::vector<LineCheck> newest(int most);

  private:
    Connection& connection_;
};

} // namespace catalog::store
