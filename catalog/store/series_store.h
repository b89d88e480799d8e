#pragma once

#include "catalog/series.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// Series in their order of display.
class SeriesStore {
  public:
    explicit SeriesStore(Connection& connection) : connection_(connection) {}

    std::vector<Series> all();
    std::optional<Series> find(const SeriesId& id);
    /// Adds it, or replaces what has its id.
    void put(const Series& series);

  private:
    Connection& connection_;
};

} // namespace catalog::store
